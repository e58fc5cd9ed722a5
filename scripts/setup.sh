#!/bin/sh
# Makes this checkout ready to work: virtualenv, locked packages, Pulumi engine. Does nothing when nothing changed.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.plinth-setup
inputs="uv.lock pyproject.toml scripts/uv-requirements.txt plinth/engine/version.py plinth/engine/language_host.py
    plinth/engine/language_program.py plinth/engine/pulumi-language-python"

# What this set-up was made from. The engine's path is the stamp's second line; it must still be there.
key() {
    # shellcheck disable=SC2086 — a list of files
    printf '%s %s %s\n' "$(.venv/bin/python --version 2>&1)" "$PWD" "$(cat $inputs | cksum)"
}

done_before() {
    [ -f $stamp ] && [ -x .venv/bin/python ] && {
        read -r made_from
        read -r engine
    } <$stamp && [ "$made_from" = "$(key)" ] && [ -x "$engine" ]
}

need_python() {
    command -v python3 >/dev/null || give_up "python3 is not on PATH; Plinth needs Python 3.11 or newer." \
        "apt-get install python3 python3-venv"
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        give_up "python3 is $(python3 --version 2>&1 | cut -d' ' -f2); Plinth needs Python 3.11 or newer." \
            "apt-get install python3.11 python3.11-venv, and have it on PATH as python3"
    python3 -c 'import venv, ensurepip' 2>/dev/null ||
        give_up "python3 has no venv module; Debian keeps it in a package of its own." "apt-get install python3-venv"
}

give_up() {
    printf 'plinth: %s\nFix: %s\n' "$1" "$2" >&2
    exit 2
}

make_virtualenv() {
    .venv/bin/python -c '' 2>/dev/null || {
        echo "Making the virtualenv .venv"
        python3 -m venv --clear --prompt plinth .venv
    }
    # uv takes pip out again, which it does not need; but pip is asked below what this machine's settings are.
    .venv/bin/python -c 'import pip' 2>/dev/null || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/uv --version >/dev/null 2>&1 || {
        echo "Installing uv into it"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes --requirement scripts/uv-requirements.txt
    }
}

# pip reads its own configuration; uv does not. What a machine says there about certificates and about a mirror
# is meant for both.
honour_pip() {
    pip_certificates=${PIP_CERT:-$(pip_says global.cert)}
    [ -z "$pip_certificates" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$pip_certificates}"
    mirror=${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$(pip_says global.index-url)}}
}

pip_says() {
    .venv/bin/python -m pip config get "$1" 2>/dev/null || true
}

install_packages() {
    export UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON=.venv/bin/python UV_PYTHON_DOWNLOADS=never
    # A terminal sees uv's progress; a log would only get a line per package.
    quiet=--quiet
    [ ! -t 2 ] || quiet=
    echo "Installing the locked packages"
    if [ -z "$mirror" ]; then
        .venv/bin/uv sync --frozen ${quiet:+"$quiet"}
        return
    fi
    # The lock names the files of the public index. A mirror serves the same files, checked by the same hashes.
    .venv/bin/uv export --quiet --frozen --no-emit-project >.venv/locked.txt
    .venv/bin/uv pip sync ${quiet:+"$quiet"} --require-hashes --default-index "$mirror" .venv/locked.txt
    .venv/bin/uv pip install ${quiet:+"$quiet"} --no-deps --default-index "$mirror" --editable .
}

get_engine() {
    .venv/bin/plinth setup --path
}

one_at_a_time() {
    command -v flock >/dev/null || return 0
    exec 9<.
    flock --nonblock 9 || {
        echo "Another set-up of this checkout is running; waiting for it."
        flock 9
    }
}

done_before && exit 0
one_at_a_time
done_before && exit 0
rm -f $stamp
.venv/bin/python -c '' 2>/dev/null || need_python
make_virtualenv
honour_pip
install_packages
engine=$(get_engine)
{ key && echo "$engine"; } >$stamp.new
mv $stamp.new $stamp
echo "Ready. Engine: $engine"
