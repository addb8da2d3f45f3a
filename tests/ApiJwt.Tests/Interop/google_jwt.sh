#!/usr/bin/env bash
# Runs GoogleJwt.java, and compiles it first if the class is older than its source.
set -euo pipefail
cd "$(dirname "$0")"

classes=obj/java
classpath=$classes
for jar in google-http-client google-http-client-gson gson guava; do
  classpath+=:/usr/share/java/$jar.jar
done
[ "$classes/GoogleJwt.class" -nt GoogleJwt.java ] || javac -d "$classes" -cp "$classpath" GoogleJwt.java
# In a run of half a second, the optimizing compiler and the default garbage collector cost more than they save.
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$classpath" GoogleJwt "$@"
