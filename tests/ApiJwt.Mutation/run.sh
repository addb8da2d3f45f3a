#!/usr/bin/env bash
# Mutates src/ApiJwt and says what of it the tests notice: run.sh [-m "**/Keys/*.cs"]. All of it takes an hour or two on two idle cores.
# For one folder, tests of others can be left out: APIJWT_MUTATION_LEFT="Hudya.Tests.Keys.* Hudya.Tests.Issuing.*".
# The report is under StrykerOutput; who noticed which mutant, in apijwt-mutants.log in the folder for temporary files.
set -euo pipefail
cd "$(dirname "$0")"
export APIJWT_MUTATION=true
dotnet tool restore
dotnet restore ../..
rm -f "${TMPDIR:-/tmp}/apijwt-mutants.log"
dotnet stryker "$@"
