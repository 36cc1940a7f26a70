#!/bin/sh
# The main job, shown: checks the four samples in the form Windows loads and prints their reports.
set -u
B=${B:-build}
status=0
for name in mcm wan-miniport call-manager client; do
    "$B/condis" check "$B/drivers/$name.sys" --inf "$B/drivers/$name.inf" || status=$?
    echo
done
exit "$status"
