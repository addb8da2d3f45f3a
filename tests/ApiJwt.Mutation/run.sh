#!/usr/bin/env bash
# Mutates src/ApiJwt and reports which mutants the tests kill: run.sh [-m "**/Keys/*.cs"]. A full run takes several hours on two cores.
# For a run over one folder, its tests can run first: APIJWT_MUTATION_NEAR="Hudya.Tests.Keys.*". APIJWT_MUTATION_LEFT leaves classes out.
# The report is in StrykerOutput. The file apijwt-mutants.log in the folder for temporary files lists which test killed which mutant.
set -euo pipefail
cd "$(dirname "$0")"
export APIJWT_MUTATION=true
dotnet tool restore
dotnet restore ../..
rm -f "${TMPDIR:-/tmp}/apijwt-mutants.log"
dotnet stryker "$@"
