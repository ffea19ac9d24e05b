#!/bin/sh
# tests/fuzz/soak.sh TARGET RUNS: one long run of tests/fuzz/fuzz_TARGET, from
# the kept corpus, as fast as it goes. What it finds lies under
# build/soak/found/: new inputs in TARGET/, the statistics in TARGET.log, an
# input that fails in TARGET-crash-… . Ends with 0 when nothing failed.
# tests/fuzz/soak.sh merge TARGET: the new inputs into tests/fuzz/corpus, as few
# and as short as reach the same lines.
set -eu
cd "$(dirname "$0")/../.."

usage() {
    sed -n '2,7s/^# *//p' "$0" >&2
    exit 2
}

# Inputs longer than this only take time: several rules, one example of every
# part, a condition of thirty words, a dozen rows, forty steps of a page.
most_bytes() {
    case $1 in
        yaml | examples | numbers | withdrawals | combinations) echo 512 ;;
        expr | locate) echo 256 ;;
        rules | market | glyph) echo 2048 ;;
        form) echo 8192 ;;
        *) usage ;;
    esac
}

# Files to begin with, beside the corpus.
seeds() {
    case $1 in
        yaml | expr | examples | rules) echo fixtures/rules ;;
        form) echo ocr/forms/cover.yaml ;;
    esac
}

[ $# -eq 2 ] || usage
case $1 in
    merge) target=$2 runs= ;;
    *) target=$1 runs=$2 ;;
esac
length=$(most_bytes "$target")
found=build/soak/found
corpus=tests/fuzz/corpus/$target
fuzz=build/soak/tests/fuzz/fuzz_$target
mkdir -p "$found/$target" "$corpus"
for seed in $(seeds "$target"); do
    cp -R "$seed" "$found/$target/"
done
cmake --preset soak >/dev/null
nice cmake --build --preset soak --target "fuzz_$target"

# Freed memory is watched for 16 MiB long: more does not fit the cache.
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=3
if [ -z "$runs" ]; then
    rm -rf "$found/merged"
    mkdir "$found/merged"
    "$fuzz" -set_cover_merge=1 -max_len="$length" "$found/merged" "$corpus" \
        "$found/$target"
    rm -rf "$corpus"
    mv "$found/merged" "$corpus"
    exit
fi
status=0
nice -n 19 "$fuzz" -runs="$runs" -max_len="$length" -entropic=0 -reload=0 \
    -print_final_stats=1 -dict=tests/fuzz/rules.dict \
    -artifact_prefix="$found/$target-" "$found/$target" "$corpus" \
    >"$found/$target.log" 2>&1 || status=$?
grep -E '^(stat::|Done|SUMMARY)' "$found/$target.log"
exit "$status"
