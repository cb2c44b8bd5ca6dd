#!/usr/bin/env python3
"""Fails when a wide copy of the kernel defines a function that other files may define too.

The linker keeps one copy of an inline function. If it kept the one compiled for AVX-512, the
program would die of an illegal instruction on a CPU without it. So all that kernel.cpp uses
must be inlined or have internal linkage.

usage: check_kernel_symbols.py OBJECT...
"""

import subprocess
import sys


def shared_functions(path):
    """Names that the linker may merge with those of another object: weak and unique ones."""
    lines = subprocess.run(
        ["nm", "--defined-only", "--demangle", path], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    for line in lines:
        _, kind, name = line.split(maxsplit=2)
        if kind in "WVuwv":
            yield name


def main():
    found = [(path, name) for path in sys.argv[1:] for name in shared_functions(path)]
    for path, name in found:
        print(f"{path}: error: {name} is compiled for a wide CPU but shared with the program")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
