#!/usr/bin/env python3
"""Checks that the parts depend on each other in one direction only.

The direction is stated once, by the attain_part(NAME DEPENDS ...) lines of CMakeLists.txt. A file
of include/attain/PART and sim/PART may include headers of its own part and of the parts that
these lines give it, directly or through others. Some things belong to one part: yaml-cpp to
scenario, Boost.Program_options to cli, and so do the standard streams, exit and argv.

usage: check_order.py ROOT | --self-test
"""

import re
import sys
import tempfile
from pathlib import Path

PART = re.compile(r"^attain_part\((\w+)([^)]*)\)", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
COMMENT_OR_LITERAL = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL,
)

# (pattern of an include, the only part that may have it)
OWNED_INCLUDES = [
    (re.compile(r"^yaml-cpp/"), "scenario"),
    (re.compile(r"^boost/program_options"), "cli"),
    (re.compile(r"^iostream$"), "cli"),
]
OWNED_WORDS = [
    (re.compile(r"\bstd::(cout|cerr|clog|cin)\b|\bstd(out|err|in)\b"), "the standard streams"),
    (re.compile(r"\b(printf|puts|putchar)\s*\(|\bfmt::print\s*\(\s*\""), "printing to stdout"),
    (re.compile(r"(?<![\w.>])(_?exit|_Exit|quick_exit|abort)\s*\("), "leaving the program"),
    (re.compile(r"\bargv\b"), "argv"),
]


def allowed_parts(cmake_text):
    """{part: every part that it may include}, itself included."""
    direct = {}
    for name, arguments in PART.findall(cmake_text):
        words = arguments.split()
        depends = []
        if "DEPENDS" in words:
            for word in words[words.index("DEPENDS") + 1 :]:
                if word.isupper():
                    break
                depends.append(word)
        direct[name] = depends

    def closure(part):
        reached = {part}
        for other in direct[part]:
            reached |= closure(other)
        return reached

    return {part: closure(part) for part in direct}


def blank(match):
    """Keeps the lines and the quotes of a comment or literal, and nothing else."""
    text = match.group(0)
    inside = re.sub(r"[^\n]", " ", text)
    return inside if text.startswith("/") else f'"{inside[1:-1]}"'


def problems_of_file(path, name, part, allowed):
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        included = INCLUDE.match(line)
        if not included:
            continue
        header = included.group(1)
        for pattern, owner in OWNED_INCLUDES:
            if pattern.match(header) and part not in (owner, "main"):
                yield f"{name}:{number}: error: only {owner} includes <{header}>"
        pieces = header.split("/")
        # <attain/plan/plan.hpp>, or "plan/tables.hpp" for a header that stays in sim/.
        other = pieces[1] if pieces[0] == "attain" and len(pieces) > 2 else pieces[0]
        if part == "main" or other not in allowed or other in allowed[part]:
            continue
        yield f"{name}:{number}: error: {part} may not include {other} (<{header}>)"

    if part in ("cli", "main"):
        return
    code = COMMENT_OR_LITERAL.sub(blank, text)
    for number, line in enumerate(code.splitlines(), start=1):
        for pattern, what in OWNED_WORDS:
            if pattern.search(line):
                yield f"{name}:{number}: error: {what}: only cli does that, {part} may not"


def problems(root):
    root = Path(root)
    allowed = allowed_parts((root / "CMakeLists.txt").read_text(encoding="utf-8"))
    for base in (root / "include" / "attain", root / "sim"):
        for path in sorted([*base.rglob("*.hpp"), *base.rglob("*.cpp")]):
            name = path.relative_to(root)
            inside = path.relative_to(base).parts
            part = inside[0] if len(inside) > 1 else path.stem
            if part != "main" and part not in allowed:
                yield f"{name}:1: error: '{part}' is not a part that CMakeLists.txt names"
                continue
            yield from problems_of_file(path, name, part, allowed)


def self_test():
    """The negative control: a tree with one fault of each kind, and harmless look-alikes."""
    files = {
        "CMakeLists.txt": "attain_part(base LIBRARIES fmt::fmt)\n"
        "attain_part(model DEPENDS base)\nattain_part(scenario DEPENDS model)\n"
        "attain_part(plan DEPENDS model PRIVATE_LIBRARIES x)\nattain_part(cli DEPENDS plan scenario)\n",
        "include/attain/base/good.hpp": "// argv, exit( and std::cout in a comment\n#include <string>\n"
        'inline const char* text = "stdout exit(1) \\" argv";\nvoid on_exit(int);\nint x = a.exit();\n',
        "include/attain/base/bad.hpp": "#include <vector>\n#include <attain/model/a.hpp>\n",
        "include/attain/model/good.hpp": "#include <attain/base/good.hpp>\n",
        "sim/scenario/good.cpp": "#include <yaml-cpp/yaml.h>\n#include <attain/base/good.hpp>\n",
        "sim/scenario/bad.cpp": "#include <attain/plan/plan.hpp>\n",
        "sim/plan/bad.cpp": '#include "scenario/reader.hpp"\n#include <yaml-cpp/yaml.h>\n'
        "#include <boost/program_options.hpp>\n\nvoid f() { std::cout << 1; }\n"
        'void g() { fmt::print("x"); }\nvoid h() { std::exit(1); }\nint k(char** argv);\n',
        "sim/cli/good.cpp": "#include <iostream>\n#include <attain/model/good.hpp>\nint k(char** argv);\n",
        "sim/main.cpp": "#include <iostream>\n#include <attain/cli/a.hpp>\nint main(int, char** argv);\n",
        "sim/stray/a.cpp": "\n",
    }
    expected = {
        "include/attain/base/bad.hpp:2", "sim/plan/bad.cpp:1", "sim/plan/bad.cpp:2",
        "sim/plan/bad.cpp:3", "sim/plan/bad.cpp:5", "sim/plan/bad.cpp:6", "sim/plan/bad.cpp:7",
        "sim/plan/bad.cpp:8", "sim/scenario/bad.cpp:1", "sim/stray/a.cpp:1",
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found = {problem.split(": ")[0] for problem in problems(folder)}
    for place in sorted(expected - found):
        print(f"{place}: not found")
    for place in sorted(found - expected):
        print(f"{place}: wrongly found")
    return 0 if found == expected else 1


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--self-test":
        return self_test()
    found = list(problems(sys.argv[1]))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
