# shellcheck shell=bash disable=SC2034 # what is set here is read by the scripts
# _lib.sh - what the scripts of this folder share. Each test is a function that prints nothing and succeeds,
# or prints why it fails. After `run ARGS...` there are $status, $out and $err.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
B=${B:-build}
TMP=$(mktemp -d)
# A copy of its own, so that what still runs of it is known from what other tests run.
cp "$B/condis" "$TMP/condis" || exit 1
CONDIS=$TMP/condis
trap 'chmod -R u+rwx "$TMP"; rm -rf "$TMP"' EXIT

run() {
    timeout -k 5 120 "$CONDIS" "$@" >"$TMP/out" 2>"$TMP/err" </dev/null
    status=$?
    out=$(cat "$TMP/out") err=$(cat "$TMP/err")
}

# is NAME WANT GOT, has NAME TEXT PART: say what is wrong and remember it.
wrong=
is() {
    [ "$2" = "$3" ] || wrong+="$1 is '${3:0:200}', not '${2:0:200}'; "
}
has() {
    [[ $2 == *"$3"* ]] || wrong+="$1 lacks '$3': '${2:0:300}'; "
}
lacks() {
    [[ $2 != *"$3"* ]] || wrong+="$1 contains '$3'; "
}

check() {
    wrong=
    "$1"
    wrong=${wrong//$'\n'/ }
    if [ -z "$wrong" ]; then echo "ok $1"; else echo "not ok $1 - $wrong"; fi
}

# The functions named test_... of the script, in order.
run_all() {
    local name
    while read -r name; do check "$name"; done < <(grep -oE '^test_[a-z0-9_]+' "$0")
}

# A message has the form "condis: WHERE: what: what to do" and is one line.
is_message() {
    is lines 1 "$(printf '%s\n' "$err" | wc -l)"
    has message "$err" "condis: "
    has message "$err" ": "
}
