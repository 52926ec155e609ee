#!/usr/bin/env bash
# A standalone cluster of Spark on the loopback interface of this machine, from Maven's jars alone: for tests and
# trials.
#   cluster.sh start FOLDER WORKERS CORES MEMORY   prints the master's address; FOLDER has the jars of Spark in jars
#   cluster.sh submit FOLDER ARGUMENTS             spark-submit with these arguments
#   cluster.sh stop FOLDER
set -euo pipefail
command=$1
home=$(cd "$2" && pwd)
shift 2
run=$home/run
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
export SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 SPARK_NO_DAEMONIZE=1

# Spark takes a folder with jars and a file RELEASE for a download of Spark.
mkdir -p "$home/bin" "$run"
touch "$home/RELEASE"

daemon() { # name, class, arguments
	local name=$1
	shift
	nohup "$java" -Xmx256m -cp "$home/jars/*" "$@" >"$run/$name.log" 2>&1 </dev/null &
	echo $! >"$run/$name.pid"
}

wait_for() { # name, pattern
	for _ in $(seq 300); do
		if grep -q "$2" "$run/$1.log"; then return; fi
		kill -0 "$(cat "$run/$1.pid")" 2>/dev/null || break
		sleep 0.2
	done
	echo "The $1 did not start:" >&2
	tail -20 "$run/$1.log" >&2
	exit 1
}

case $command in
start)
	rm -f "$run"/*.log "$run"/*.pid
	daemon master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0
	wait_for master "I have been elected leader"
	master=$(grep -o 'spark://127.0.0.1:[0-9]*' "$run/master.log" | head -1)
	for i in $(seq "$1"); do
		daemon "worker-$i" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores "$2" \
			--memory "$3" --work-dir "$run/work-$i" "$master"
	done
	for i in $(seq "$1"); do wait_for "worker-$i" "Successfully registered with master"; done
	echo "$master"
	;;
submit)
	exec "$java" -Xmx512m -cp "$home/jars/*" org.apache.spark.deploy.SparkSubmit \
		--conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 "$@"
	;;
stop)
	for pid in "$run"/*.pid; do
		if [ -e "$pid" ]; then kill "$(cat "$pid")" 2>/dev/null || true; fi
	done
	rm -f "$run"/*.pid
	;;
*)
	sed -n '2,5s/^# *//p' "$0"
	exit 2
	;;
esac
