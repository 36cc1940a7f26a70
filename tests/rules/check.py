"""Runs `condis check --json` on each rule driver and compares the rules it reports with its name.

A source tests/rules/REG-010-cancel.c breaks REG-010. Lines in its head comment may say more:
    also: HOST-001        a second rule that cannot but be broken with it
    options: --pend       options of the check
    forms: sys            only in this form (sys or so)
Both forms have to find the same, word for word, apart from addresses.
"""
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys


def head_of(source):
    """What the head comment says: rule, also, options, forms."""
    with open(source, encoding="utf-8") as f:
        head = f.read().split("*/")[0]
    name = os.path.basename(source)[:-2]
    said = {key: re.findall(rf"\b{key}: *([^\n*]+)", head) for key in ("also", "options", "forms")}
    return {
        "name": name,
        "rule": re.match(r"[A-Z]+-\d+", name).group(0),
        "also": re.findall(r"[A-Z]+-\d+", " ".join(said["also"])),
        "options": " ".join(said["options"]).split(),
        "forms": " ".join(said["forms"]).split() or ["so", "sys"],
    }


def check(condis, driver, options):
    """The report of one driver and the exit status; the report is None when there was none."""
    run = subprocess.run([condis, "check", "--json", *options, driver], capture_output=True,
                         text=True, timeout=120, check=False, errors="replace")
    try:
        return json.loads(run.stdout), run.returncode, run.stderr
    except ValueError:
        return None, run.returncode, run.stderr


def complaint(what, report, status, stderr):
    """Why the report is not the one expected, or None."""
    if report is None:
        return f"no report, exit status {status}: {stderr.strip()[:300]}"
    broken = report["rules_broken"]
    got = sorted(b["id"] for b in broken)
    want = sorted([what["rule"], *what["also"]])
    if got != want:
        more = "; ".join(f'{b["id"]} {b.get("call")} {b.get("member")} found {b.get("found")}'
                         for b in broken)
        return f"broken rules are {got or 'none'}, not {want}: {more[:700]}"
    for b in broken:
        if not b.get("source") or not b.get("remedy"):
            return f'{b["id"]} has no source or no remedy'
    if status not in (1, 3) and not all(b.get("severity") != "error" for b in broken):
        return f"exit status is {status} although a rule is broken"
    return None


def finding_text(report, name):
    """What is found, without what differs between the forms."""
    text = json.dumps([{k: v for k, v in b.items() if k != "place"} for b in report["rules_broken"]],
                      sort_keys=True)
    text = re.sub(r"\b0x[0-9a-f]{7,}", "ADDRESS", text.replace(f"{name}.sys", f"{name}.so"))
    return re.sub(r"\+0x[0-9a-f]+(?= \()", "", text)


def one(build, condis, what):
    """Checks all forms of one driver; yields a line for each."""
    texts = []
    for form in what["forms"]:
        driver = f'{build}/tests/rules/{what["name"]}.{form}'
        report = None
        try:
            report, status, stderr = check(condis, driver, what["options"])
            why = complaint(what, report, status, stderr)
        except subprocess.TimeoutExpired:
            why = "the check did not end within 120 seconds"
        if why is None:
            texts.append(finding_text(report, what["name"]))
            if texts[-1] != texts[0]:
                why = f"the forms differ: {texts[0][:900]} and {texts[-1][:900]}"
        test = f'rules/{what["name"]}.{form}'
        yield f"ok {test}" if why is None else f"not ok {test} - {why}"


def sample(build, condis, driver):
    inf = re.sub(r"\.(so|sys)$", ".inf", driver)
    report, status, stderr = check(condis, driver, ["--inf", inf])
    test = f"rules/clean {os.path.basename(driver)}"
    if report is None:
        yield f"not ok {test} - no report, exit status {status}: {stderr.strip()[:300]}"
    elif status != 0 or report["rules_broken"]:
        yield f'not ok {test} - exit status {status}, broken {[b["id"] for b in report["rules_broken"]]}'
    else:
        yield f"ok {test}"


def coverage(condis, sources):
    """Every rule that a check decides has a driver that breaks it."""
    rules = json.loads(subprocess.run([condis, "rules", "--json"], capture_output=True, text=True,
                                      check=True).stdout)
    rules = rules["rules"] if isinstance(rules, dict) else rules
    checked = {r["id"] for r in rules if r["kind"] == "checked"}
    have = {s["rule"] for s in sources} | {a for s in sources for a in s["also"]}
    for rule in sorted(checked - have):
        yield f"not ok rules/driver for {rule} - no source tests/rules/{rule}.c breaks it"
    for rule in sorted(checked & have):
        yield f"ok rules/driver for {rule}"
    for rule in sorted(have - checked):
        yield f"not ok rules/row for {rule} - a driver breaks it, but no check decides it"


def main():
    build, wanted = sys.argv[1], sys.argv[2]
    condis = f"{build}/condis"
    sources = [head_of(s) for s in sorted(glob.glob("tests/rules/[A-Z]*-[0-9]*.c"))]
    selected = [s for s in sources if wanted in f'rules/{s["name"]}'] or sources
    jobs = int(os.environ.get("JOBS", os.cpu_count() or 1))
    failed = False
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        results = [pool.submit(lambda s=s: list(one(build, condis, s))) for s in selected]
        results += [pool.submit(lambda d=inf[:-4] + form: list(sample(build, condis, d)))
                    for inf in sorted(glob.glob(f"{build}/drivers/*.inf"))
                    for form in (".so", ".sys")]
        for r in results:
            for line in r.result():
                print(line, flush=True)
                failed |= line.startswith("not ok")
    for line in coverage(condis, sources):
        print(line)
        failed |= line.startswith("not ok")
    return 1 if failed else 0


sys.exit(main())
