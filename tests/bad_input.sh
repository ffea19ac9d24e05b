#!/usr/bin/env bash
# Bad input through the program itself: each gets one clear line with its check
# name, the rest goes on, and nothing crashes. bad_input.sh BUILD_DIR
set -uo pipefail
cd "$(dirname "$0")/.."
nyusho=$1/nyusho
work=$(mktemp -d)
trap 'umount "$work/small" 2>/dev/null; rm -rf "$work"' EXIT
bad=fixtures/bad-scans
failed=0

fail() {
    echo "FAIL $*"
    failed=1
}
new_case() { # a case with facilities of its own
    rm -rf "$work/case"
    "$nyusho" --quiet init "$work/case" || "$nyusho" init "$work/case" >/dev/null
}
# expect STATUS CHECK LINES COMMAND…: that status, LINES lines with [CHECK] on
# stderr, and no sanitizer report.
expect() {
    local status=$1 check=$2 lines=$3 got n
    shift 3
    "$nyusho" "$@" >"$work/out" 2>"$work/err"
    got=$?
    n=$(grep -c "\[$check\]" "$work/err")
    [ "$got" -eq "$status" ] || fail "$check: status $got, not $status: $*"
    [ "$n" -eq "$lines" ] || fail "$check: $n lines, not $lines: $*"
    grep -qE "Sanitizer|runtime error" "$work/err" && fail "$check: sanitizer"
    [ "$failed" -eq 0 ] || cat "$work/err"
}
in_findings() {
    grep -q ",$1," "$work/case/findings.csv" || fail "$1 is not in findings.csv"
}

new_case
mkdir "$work/empty"
expect 2 empty-folder 1 read "$work/case" "$work/empty"
in_findings empty-folder

for pair in text.png:not-an-image truncated.tif:truncated-image \
    huge-header.png:image-too-large encrypted.pdf:encrypted-pdf; do
    new_case
    check=${pair#*:}
    "$nyusho" read "$work/case" "$bad/${pair%%:*}" >/dev/null 2>"$work/err"
    status=$?
    { [ $status -eq 1 ] || [ $status -eq 2 ]; } || fail "$check: status $status"
    grep -q "\[$check\]" "$work/err" || fail "$check: no line"
    [ "$(grep -c . "$work/err")" -eq 1 ] || fail "$check: more than one line"
    in_findings "$check"
done

# A photograph, a form of another version, a page of a known form and the same
# page again: each is said, and the good page is read all the same.
new_case
mkdir "$work/mixed"
cp "$bad/photograph.jpg" "$work/mixed"
sed 's/^version: .*/version: "2019"/' ocr/forms/application.yaml >"$work/old.yaml"
"$nyusho" form print "$work/old.yaml" --out "$work/mixed/old.pdf" >/dev/null
"$nyusho" form print cover --household 000123 --pages 1 --received 2026-11-02 \
    --out "$work/mixed/cover.pdf" >/dev/null
cp "$work/mixed/cover.pdf" "$work/mixed/cover-again.pdf"
"$nyusho" read "$work/case" "$work/mixed" >"$work/out" 2>"$work/err"
[ $? -eq 1 ] || fail "mixed folder: status"
for check in form-not-found form-version same-page-twice; do
    grep -q "\[$check\]" "$work/err" || fail "$check: no line"
    in_findings "$check"
done

# A certificate alone.
new_case
"$nyusho" form print employment-certificate --out "$work/certificate.pdf" >/dev/null
"$nyusho" read "$work/case" "$work/certificate.pdf" >/dev/null 2>"$work/err"
grep -q "\[certificate-without-application\]" "$work/err" ||
    fail "certificate-without-application: no line"
in_findings certificate-without-application

# Files of the case.
new_case
expect 2 no-applicants 1 score "$work/case"
sed -i 's/^entry_date:/  entry_date:/' "$work/case/nyusho.yaml"
expect 2 yaml-syntax 1 score "$work/case"
new_case
sed -i '0,/when: /s//when: no_such_field and /' "$work/case/rules.yaml"
expect 2 unknown-word 1 score "$work/case"
new_case
tail -1 "$work/case/nurseries.csv" >>"$work/case/nurseries.csv"
expect 2 duplicate-facility 1 score "$work/case"
new_case
printf '世帯番号,児童番号,連番,希望施設番号\n000123,0001,1,9999\n' |
    iconv -f UTF-8 -t EUC-JP >"$work/preference.csv"
expect 2 bad-encoding 1 import "$work/case" "$work/preference.csv"
printf '世帯番号,児童番号,連番,希望施設番号\n000123,0001,1,9999\n' >"$work/preference.csv"
printf '世帯番号,児童番号,児童生年月日\n000123,0001,2025-06-01\n' >"$work/child.csv"
"$nyusho" import "$work/case" "$work/preference.csv" "$work/child.csv" >/dev/null 2>&1
"$nyusho" run "$work/case" >/dev/null 2>&1
grep -q ",preference-unknown," "$work/case/out/latest/findings.csv" ||
    fail "preference of a facility that does not exist"

# A case that may be read and not written: as somebody else.
if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$work"
    chmod -R a+rX "$work/case"
    setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$nyusho" read "$work/case" "$bad/photograph.jpg" >/dev/null 2>"$work/err"
    [ $? -eq 3 ] || fail "read-only case: status"
    [ "$(grep -c . "$work/err")" -eq 1 ] || fail "read-only case: not one line"
    grep -q "\[case-read-only\]" "$work/err" || fail "read-only case: no line"
else
    echo "SKIPPED: a read-only case needs root to become somebody else"
fi

# A full disk: 4 MiB, filled but for a little.
mkdir "$work/small"
if mount -t tmpfs -o size=4m tmpfs "$work/small" 2>/dev/null; then
    cp -r "$work/case" "$work/small/case"
    dd if=/dev/zero of="$work/small/fill" bs=4096 2>/dev/null
    "$nyusho" run "$work/small/case" --names >/dev/null 2>"$work/err"
    [ $? -eq 3 ] || fail "full disk: status"
    grep -qE "\[(disk-full|unwritable-file)\]" "$work/err" || fail "full disk: no line"
    [ -z "$(find "$work/small/case/out" -name run.json -newer "$work/small/fill")" ] ||
        fail "full disk: a run that looks whole"
    umount "$work/small"
else
    echo "SKIPPED: a full disk needs the right to mount a tmpfs"
fi

[ "$failed" -eq 0 ] && echo "every bad input was told of"
exit "$failed"
