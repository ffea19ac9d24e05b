# Sourced by ./demo and ./check: installs the packages of packages.txt that are
# missing, and says so.
install_packages() {
    local missing=()
    local name
    while read -r name; do
        case "$name" in "" | "#"*) continue ;; esac
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null |
            grep -q "install ok installed" || missing+=("$name")
    done <"$1"
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "Debian の部品を入れます / installing: ${missing[*]}"
    local sudo=""
    [ "$(id -u)" -eq 0 ] || sudo="sudo"
    $sudo apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq \
            --no-install-recommends "${missing[@]}" >/dev/null
}
