#!/bin/sh
# The robustness table of docs/reading.md: one fault on every page, a row each.
#
#   bench/robustness.sh BUILD FOLDER HOUSEHOLDS SEED INK_FOLDER [FAULT…]
#
# Makes FOLDER/FAULT-SEED with so many households for every fault (or those
# named), reads it and prints the table of all that FOLDER holds. Cut off, it
# goes on where it was; with another SEED it adds pages. A household has four
# or five pages. INK_FOLDER holds IDX files of handwritten digits, of which
# 6000 to 7499 are used: neither the reader nor its thresholds have seen them.
set -eu

if [ $# -lt 5 ]; then
    sed -n '4s/^# *//p' "$0" >&2
    exit 2
fi
build=$1 folder=$2 households=$3 seed=$4 ink=$5
shift 5
all=$("$build/nyusho-fixtures" --help |
    sed -n '/傷み:/,/^nyusho/s/^      \([a-z0-9-]*\) .*/\1/p')
[ $# -gt 0 ] || set -- $all

mkdir -p "$folder/results"
for fault; do
    # Every fault has households of its own.
    n=$(printf '%s\n' "$all" | grep -nx -- "$fault" | cut -d: -f1)
    city=$folder/$fault-$seed
    if [ ! -f "$city/truth/pages.csv" ]; then
        rm -rf "$city"
        "$build/nyusho-fixtures" generate --seed $((seed + n)) --quiet \
            --households "$households" --kit unseen --damage "$fault" \
            --ink "$ink" --ink-from 6000 --ink-to 7499 --out "$city"
    fi
    "$build/bench/accuracy" pages "$city" "$folder/results/$fault-$seed.csv"
done
"$build/bench/accuracy" table --by damage "$folder"/results/*.csv
