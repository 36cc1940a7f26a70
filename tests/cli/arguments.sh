#!/bin/bash
# The command line: help, version, wrong arguments, output files, colours.
# shellcheck source=tests/cli/_lib.sh
. "$(dirname "$0")/_lib.sh"

test_no_command_prints_the_usage_and_fails() {
    run
    is status 2 "$status"
    is out "" "$out"
    has err "$err" "usage: condis"
}

test_help_goes_to_stdout_and_names_every_command() {
    for h in -h --help; do
        run "$h"
        is status 0 "$status"
        has out "$out" inspect
        has out "$out" check
        has out "$out" rules
        is err "" "$err"
    done
}

test_each_command_has_help_in_both_forms() {
    for c in inspect check rules; do
        for h in -h --help; do
            run "$c" $h
            is status 0 "$status"
            has out "$out" "usage: condis $c"
        done
    done
}

test_each_command_has_a_manual_page() {
    for c in $("$CONDIS" --help | sed -nE 's/^  ([a-z]+) .*/\1/p'); do
        [ -f "man/condis-$c.1" ] || wrong+="man/condis-$c.1 is missing; "
    done
}

test_each_option_stands_in_the_manual_page() {
    for c in inspect check rules; do
        for o in $("$CONDIS" $c --help | grep -oE -- '--[a-z-]+' | sort -u); do
            grep -qE "(Fl|,) -${o#--}( |$)" man/condis-$c.1 || wrong+="$c $o is not in man/condis-$c.1; "
        done
    done
}

test_manual_pages_are_well_formed() {
    command -v mandoc >/dev/null || return
    wrong=$(mandoc -Tlint -W style man/*.1 2>&1 | grep -v 'referenced manual not found')
}

test_version() {
    run --version
    is status 0 "$status"
    [[ $out =~ ^condis\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || wrong="'$out'"
}

test_an_unknown_command_is_refused() {
    run frobnicate
    is status 2 "$status"
    is_message
    has err "$err" frobnicate
}

test_commands_of_later_parts_are_not_offered() {
    for c in run dial explore replay fuzz report new; do
        run "$c" x
        is status 2 "$status"
        has err "$err" "is no command"
    done
}

test_an_unknown_option_is_named() {
    for c in inspect check rules; do
        run "$c" --frobnicate x
        is status 2 "$status"
        is_message
        has err "$err" "'--frobnicate'"
        run "$c" -Z x
        is status 2 "$status"
        has err "$err" "'-Z'"
    done
}

test_an_option_without_its_argument_is_named() {
    run check x --inf
    is status 2 "$status"
    has err "$err" "'--inf' needs an argument"
    run rules -o
    is status 2 "$status"
    has err "$err" "'-o' needs an argument"
}

test_numbers_are_checked() {
    for n in x "" -1 0 99999999999999999999 1x; do
        run check --adapters "$n" x.sys
        is status 2 "$status"
        has err "$err" "--adapters"
    done
    run check --timeout 0 x.sys
    is status 2 "$status"
    has err "$err" "--timeout"
}

test_one_driver_is_needed() {
    for c in inspect check; do
        run "$c"
        is status 2 "$status"
        has err "$err" "no driver is named"
        run "$c" a.sys b.sys
        is status 2 "$status"
        has err "$err" "more than one driver"
    done
}

test_output_goes_to_the_file() {
    run rules REG-001 -o "$TMP/file"
    is status 0 "$status"
    is out "" "$out"
    has file "$(cat "$TMP/file")" "REG-001"
    run rules REG-001 -o -
    has out "$out" "REG-001"
}

test_a_file_that_cannot_be_written_is_named() {
    run rules -o "$TMP/no/such/folder"
    is status 2 "$status"
    is_message
    has err "$err" "$TMP/no/such/folder"
}

test_a_full_disk_is_an_error() {
    [ -w /dev/full ] || return
    run rules -o /dev/full
    is status 2 "$status"
    has err "$err" /dev/full
}

test_no_colours_into_a_pipe() {
    run rules
    lacks out "$out" $'\033'
}

on_a_terminal() {
    script -qec "$*" /dev/null </dev/null
}

test_colours_on_a_terminal_unless_no_color() {
    command -v script >/dev/null || return
    has out "$(TERM=xterm on_a_terminal "$CONDIS" check "$B/tests/bad/fails.sys")" $'\033['
    lacks out "$(TERM=xterm NO_COLOR=1 on_a_terminal "$CONDIS" check "$B/tests/bad/fails.sys")" $'\033[3'
    lacks out "$(TERM=dumb on_a_terminal "$CONDIS" check "$B/tests/bad/fails.sys")" $'\033[3'
}

run_all
