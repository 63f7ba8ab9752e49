#!/bin/sh
# Times `firewall-cmd --reload` in a network and mount namespace of its own, without installing firewalld on this machine.
# Called by `unshare` with two folders: the unpacked packages, and the configuration laid over them.
# Prints the milliseconds of each reload.
set -eu
packages=$1 configuration=$2
mount --make-rprivate /
mount -t proc proc /proc
mount -t overlay -o "lowerdir=$packages/usr:/usr" none /usr
mount -t overlay -o "lowerdir=$configuration:$packages/etc:/etc" none /etc
for folder in /run /var/log /var/lib; do mount -t tmpfs none "$folder"; done
mkdir -p /run/dbus
ip link set lo up
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
dbus-daemon --system --fork --nopidfile
/usr/bin/python3 /usr/sbin/firewalld --nofork --nopid > /run/firewalld.log 2>&1 &
tries=0
until firewall-cmd --state > /dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 150 ] || { cat /run/firewalld.log >&2; exit 1; }
    sleep 0.2
done
for _ in 1 2 3 4 5; do
    began=$(date +%s%3N)
    firewall-cmd --reload > /dev/null
    echo $(($(date +%s%3N) - began))
done
