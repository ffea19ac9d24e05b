#!/usr/bin/env bash
# The proof beside its peers in one run, as a table: CBC and GLPK solve the
# integer model of the same cities, with a limit of LIMIT seconds of CPU time.
# prove.sh BUILD_DIR OUT.csv [CITIES…], a city as CHILDREN:FACILITIES:FIRST:LAST:LEAST_WISHES
# Packages coinor-cbc and glpk-utils. OUT.csv is for bench/prove_plot.sh.
set -uo pipefail
export LC_ALL=C TIMEFORMAT=%U
bench=$1/bench/bench_prove csv=$2
shift 2
limit=${LIMIT:-60}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What peers are tried on, and what is only proven here.
peers=(100:60:1 200:60:1 500:60:1)
[ $# -gt 0 ] || set -- 1500:70:1:6:5 8000:300:1:6:5 17000:1100:1:2:20

# peer COMMAND…: its seconds, or that it found no proof.
peer() {
    local took
    took=$({ time (ulimit -t "$limit"; "$@" >"$work/said" 2>&1); } 2>&1 | tail -1)
    if grep -qE '^(Result - Optimal|OPTIMAL|INTEGER OPTIMAL)|INTEGER OPTIMAL SOLUTION FOUND' "$work/said"; then
        echo "$took"
    else
        echo "none in $limit"
    fi
}

echo "| children × facilities | city | entries | decision | verdict | minimum + maximum | blocking | placed | CBC | GLPK |"
echo "|---|---|---|---|---|---|---|---|---|---|"
: >"$csv"
row() { # row CSV CBC GLPK
    echo "$1" >>"$csv"
    echo "$1" | awk -F, -v cbc="$2" -v glpk="$3" '{
        b = $9 == $10 ? $9 : $9 " to " $10
        p = $11 == $12 ? $11 : $11 " to " $12
        if ($9 != $10) p = "at most " $12 " (" $13 ")"
        print "| " $1 " × " $2 " | " $3 " | " $4 " | " $6 " | " $7 " | " $8 \
            " | " b " | " p " | " cbc " | " glpk " |" }'
}
for city in "${peers[@]}"; do
    IFS=: read -r children facilities seed <<<"$city"
    line=$("$bench" "$children" "$facilities" "$seed" "$seed" 5 "$work/m.lp" | tail -n +2)
    row "$line" "$(peer cbc "$work/m.lp" sec "$limit" solve quit)" \
        "$(peer glpsol --lp "$work/m.lp" --tmlim "$limit")"
done
for city in "$@"; do
    IFS=: read -r children facilities first last wishes <<<"$city"
    while read -r line; do
        row "$line" – –
    done < <("$bench" "$children" "$facilities" "$first" "$last" "$wishes" | tail -n +2)
done
