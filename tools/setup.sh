#!/bin/sh
# Sets up .venv for a purpose: `run` or `test`. Does nothing when nothing changed since the last time.
set -eu

purpose=$1
root=$(cd "$(dirname "$0")/.." && pwd -P)
python=${PYTHON:-python3}
cd "$root"

# What a purpose needs: these requirements, for this Python, in this place.
wanted() {
    { echo "$root"; "$python" -V; cat "requirements/$1.txt" tools/setup.sh; } | sha256sum
}

fail() {
    echo "$1" >&2
    exit 1
}

is_set_up() {
    [ -x .venv/bin/python ] && [ "$(cat ".venv/set-up-for-$1" 2>/dev/null)" = "$(wanted "$1")" ]
}

make_environment() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "Python 3.11 or newer is needed; $python is older."
    # An environment that was moved, or made by another Python, is made anew.
    .venv/bin/python -m pip --version >/dev/null 2>&1 || {
        rm -rf .venv
        "$python" -m venv .venv || fail "No virtual environment could be made: install python3-venv."
    }
}

install_packages() {
    # Compiled when first imported: most of what is installed never is.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-compile \
        --no-deps --require-hashes --requirement "requirements/$1.txt" ||
        fail "The packages could not be installed: is a package registry at hand?"
}

# The project itself: the working tree on the path, and its command.
install_project() {
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    echo "$root" >"$site/digitiekartta.pth"
    rm -f .venv/bin/digitiekartta
    cat >.venv/bin/digitiekartta <<'SCRIPT'
#!/bin/sh
'''exec' "$(dirname "$0")/python" "$0" "$@"
' '''
import sys

from digitiekartta.config.commands import main

if __name__ == "__main__":
    sys.exit(main())
SCRIPT
    chmod +x .venv/bin/digitiekartta
}

if ! is_set_up "$purpose"; then
    echo "Setting up .venv ($purpose) …" >&2
    make_environment
    install_packages "$purpose"
    install_project
    wanted "$purpose" >".venv/set-up-for-$purpose"
    # What tests need includes what running needs, in the same versions.
    if [ "$purpose" = test ]; then wanted run >.venv/set-up-for-run; fi
fi
