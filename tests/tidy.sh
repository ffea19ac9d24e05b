#!/usr/bin/env bash
# clang-tidy over every C file of the dev build, two at a time: tests/tidy.sh
# [FILE…]. Minutes, so it stands apart from ./check.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then
    files=("$@")
else
    mapfile -t files < <(git ls-files 'core/*.c' 'records/*.c' 'ocr/*.c' \
        'scoring/*.c' 'report/*.c' 'cli/*.c' 'fixtures/*.c' 'tests/*.c' \
        'bench/*.c' ':!tests/fuzz/*')
fi
printf '%s\0' "${files[@]}" | xargs -0 -n 4 -P 2 clang-tidy -p build/dev --quiet
