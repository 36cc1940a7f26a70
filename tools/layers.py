#!/usr/bin/env python3
"""Checks that includes point downwards: a file may include its own folder and folders on earlier lines
of layers.txt, and nothing else of this repository. Usage: tools/layers.py [ROOT]"""
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def read_layers(root):
    """Rank of each folder: its line in layers.txt. Folders on one line share a rank, and so may not
    include each other."""
    ranks, number = {}, 0
    with open(os.path.join(root, "layers.txt"), encoding="utf-8") as f:
        for line in f:
            folders = line.split("#")[0].split()
            if folders:
                for folder in folders:
                    ranks[folder] = number
                number += 1
    return ranks


def layer_of(path, ranks):
    """The longest folder of layers.txt that holds the path."""
    best = None
    for folder in ranks:
        if path.startswith(folder + "/") and (best is None or len(folder) > len(best)):
            best = folder
    return best


def resolve(root, source, name):
    """Where an include points, as a path in the repository; None for a system header."""
    for base in (os.path.dirname(source), "src", "include/nt", "include/condis", "tests"):
        path = os.path.normpath(os.path.join(base, name))
        if os.path.isfile(os.path.join(root, path)):
            return path
    return None


def check_file(root, path, ranks):
    own = layer_of(path, ranks)
    bad = []
    with open(os.path.join(root, path), encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            m = INCLUDE.match(line)
            target = resolve(root, path, m.group(1)) if m else None
            if target is None:
                continue
            layer = layer_of(target, ranks)
            if layer == own or (layer is not None and ranks[layer] < ranks[own]):
                continue
            bad.append(f"{path}:{number}: includes {target}, which is "
                       f"{'no layer' if layer is None else 'not below ' + own}: "
                       "move the code or turn the dependency into a callback")
    return bad


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    ranks = read_layers(root)
    bad, files = [], 0
    for folder in ranks:
        for where, _, names in os.walk(os.path.join(root, folder)):
            for name in sorted(names):
                if name.endswith((".c", ".h", ".S", ".def")):
                    path = os.path.relpath(os.path.join(where, name), root)
                    bad += check_file(root, path, ranks)
                    files += 1
    for line in bad:
        print(line)
    print(f"layers: {files} files, {len(bad)} wrong includes")
    return 1 if bad or files == 0 else 0


sys.exit(main())
