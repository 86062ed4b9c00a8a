#!/bin/sh
# The namespace of the cycles and what an operator can search them by; safe to run at every start. Reads TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and
# TEMPORAL_RETENTION.
set -eu

tries=0
until temporal operator cluster health --address "$TEMPORAL_ADDRESS" >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -ge 60 ]; then
    echo "Temporal at $TEMPORAL_ADDRESS did not become healthy within two minutes" >&2
    exit 1
  fi
  sleep 2
done

operator() {
  temporal operator "$@" --address "$TEMPORAL_ADDRESS" --namespace "$TEMPORAL_NAMESPACE"
}

operator namespace describe >/dev/null 2>&1 || operator namespace create --retention "$TEMPORAL_RETENTION"

# A namespace that was just made needs a moment before it can be read.
tries=0
until known="$(operator search-attribute list 2>/dev/null)"; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "namespace $TEMPORAL_NAMESPACE cannot be read" >&2
    exit 1
  fi
  sleep 1
done

# The same as SEARCH_ATTRIBUTES in local/temporal.ts.
for attribute in OcopStage:Keyword OcopProvince:Keyword OcopCommune:Keyword OcopWaitingFor:Keyword OcopPlan:Keyword OcopDueOn:Datetime; do
  name="${attribute%%:*}"
  case "$known" in
    *"$name"*) ;;
    *) operator search-attribute create --name "$name" --type "${attribute##*:}" ;;
  esac
done
echo "namespace $TEMPORAL_NAMESPACE is ready"
