# For tests of whole runs, to be sourced first, with the build folder as the
# test's argument: the program, a folder that goes away with the test, and what
# has failed.
set -uo pipefail
cd "$(dirname "$0")/.."
nyusho=$1/nyusho
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
    echo "FAIL $*"
    failed=1
}
