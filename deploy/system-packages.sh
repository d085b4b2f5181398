#!/usr/bin/env bash
# Installs what is needed beside Python. `documents`: what lays documents out (Pango, and a font). Without argument:
# that, and what tests and benchmarks need: real PostgreSQL and Redis, a real browser, Node.js.
set -euo pipefail

missing=()
# Asked of the loader, as WeasyPrint does: a name in the list of packages proves nothing.
for library in pango-1.0-0:libpango-1.0.so.0 pangoft2-1.0-0:libpangoft2-1.0.so.0 harfbuzz-subset0:libharfbuzz-subset.so.0; do
  python3 -c "import ctypes; ctypes.CDLL('${library#*:}')" 2>/dev/null || missing+=("lib${library%%:*}")
done
fc-list 2>/dev/null | grep -qi dejavu || missing+=(fontconfig fonts-dejavu-core)
if [ "${1:-}" != documents ]; then
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v node >/dev/null || missing+=(nodejs)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)  # tests read the PDF of an export back
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installation de : ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "Il manque : ${missing[*]}. Installez-les, par exemple : sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
