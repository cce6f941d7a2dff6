#!/bin/sh
# Debian packages that the tests need: installs the missing ones when root, names them when not.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || missing="$missing libatomic1"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need Debian packages that are missing here; as root: apt-get install$missing" >&2
    exit 1
fi
echo "Installing$missing …" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update >/dev/null || echo "The list of packages could not be renewed; trying with what is known." >&2
# shellcheck disable=SC2086 -- several words on purpose
apt-get -qq install --yes --no-install-recommends $missing >/dev/null || {
    echo "Debian packages could not be installed:$missing" >&2
    exit 1
}
