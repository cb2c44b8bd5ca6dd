"""Checks files against a JSON Schema with python3-jsonschema, which shares no code with attain.

usage: schema_validate.py SCHEMA [--valid FILE...] [--invalid FILE...]

Exit code 0 if every file after --valid validates and none after --invalid does. YAML is typed as
JSON would be: a plain scalar is a number only if JSON calls it one, so that 45%, 012, 2027-01-04
and `on` stay text (PyYAML's own resolvers make other things of them).
"""
import json
import re
import sys

import jsonschema
import yaml

JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")


def scalar(node):
    if node.style is not None:  # Quoted, or a block.
        return node.value
    if node.value in ("true", "false"):
        return node.value == "true"
    if node.value in ("", "~", "null"):
        return None
    if JSON_NUMBER.match(node.value):
        return json.loads(node.value)
    return node.value


def value(node):
    if isinstance(node, yaml.MappingNode):
        return {key.value: value(item) for key, item in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value(item) for item in node.value]
    return scalar(node)


def error_of(validator, path):
    with open(path, encoding="utf-8") as file:
        document = value(yaml.compose(file, Loader=yaml.BaseLoader))
    return jsonschema.exceptions.best_match(validator.iter_errors(document))


def main(arguments):
    with open(arguments[0], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    expected, checked, wrong = None, 0, 0
    for argument in arguments[1:]:
        if argument in ("--valid", "--invalid"):
            expected = argument
            continue
        error = error_of(validator, argument)
        checked += 1
        if expected == "--valid" and error is not None:
            wrong += 1
            print(f"{argument}: not valid: {error.message} at {list(error.absolute_path)}")
        elif expected == "--invalid" and error is None:
            wrong += 1
            print(f"{argument}: valid, but should not be")
    print(f"{checked} files checked, {wrong} not as expected")
    return 0 if checked > 0 and wrong == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
