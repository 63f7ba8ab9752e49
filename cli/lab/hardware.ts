/** What a lab's virtual machine is made of, as arguments for QEMU. Pure. */

/** The kernel of the machine needs no more than this to run every service of a small school. */
const memory = '1536'

/** @param virtual can this machine's processor run another kernel by itself? Else it is emulated, ten times slower. */
export function board(virtual: boolean): readonly string[] {
  const processor = virtual ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg,thread=multi', '-cpu', 'max']
  return ['-machine', 'q35', ...processor, '-smp', '2', '-m', memory, '-nodefaults', '-display', 'none']
}

export interface Drives {
  /** UEFI's program; only read. */
  readonly code: string
  /** UEFI's variables, this machine's own. */
  readonly variables: string
  readonly disk: string
}

export function drives({ code, variables, disk }: Drives): readonly string[] {
  return [
    '-drive',
    `if=pflash,format=raw,readonly=on,file=${code}`,
    '-drive',
    `if=pflash,format=raw,file=${variables}`,
    '-drive',
    `if=virtio,format=qcow2,file=${disk}`,
    '-device',
    'virtio-rng-pci',
  ]
}

export interface Port {
  readonly name: string
  readonly mac: string
  /** Where the card's cable leads: an interface on the host, or a socket that carries bare Ethernet frames. */
  readonly cable: { readonly tap: string } | { readonly socket: string }
}

export function cards(ports: readonly Port[]): readonly string[] {
  return ports.flatMap(({ name, mac, cable }) => [
    '-netdev',
    'tap' in cable
      ? `tap,id=${name},ifname=${cable.tap},script=no,downscript=no`
      : `stream,id=${name},server=on,addr.type=unix,addr.path=${cable.socket}`,
    '-device',
    `virtio-net-pci,netdev=${name},mac=${mac}`,
  ])
}

export interface Lines {
  /** Socket of the console, and what it has said so far. */
  readonly console: string
  readonly consoleLog: string
  /** Socket of the line on which programs are run. */
  readonly hand: string
}

export function lines({ console, consoleLog, hand }: Lines): readonly string[] {
  return [
    '-chardev',
    `socket,id=console,path=${console},server=on,wait=off,logfile=${consoleLog}`,
    '-serial',
    'chardev:console',
    '-chardev',
    `socket,id=hand,path=${hand},server=on,wait=off`,
    '-serial',
    'chardev:hand',
  ]
}

/**
 * What the machine's systemd is told from outside, by the firmware's tables: the names of its ports, a root shell on
 * the console, and who serves the line on which programs are run.
 */
export function credentials(ports: readonly Port[]): Readonly<Record<string, string>> {
  const links = ports.map(({ name, mac }) => [
    `network.link.50-${name}`,
    `[Match]\nMACAddress=${mac}\n[Link]\nName=${name}\n`,
  ])
  return {
    ...(Object.fromEntries(links) as Record<string, string>),
    'systemd.extra-unit.lab-hand.service': handUnit,
    'systemd.unit-dropin.serial-getty@ttyS0.service': consoleDropIn,
    'systemd.unit-dropin.sysinit.target': '[Unit]\nWants=lab-hand.service\n',
  }
}

const handUnit = `[Unit]
Description=Runs what the lab asks for
DefaultDependencies=no
After=local-fs.target
[Service]
ExecStart=/usr/lib/iserv/bin/node --liftoff-only /usr/lib/iserv/cli/lab/hand.ts
StandardInput=tty-force
StandardOutput=tty
TTYPath=/dev/ttyS1
Restart=always
`

/** Root has no password on a box: nobody signs in on a console, but in a lab. */
const consoleDropIn = `[Service]
ExecStart=
ExecStart=-/sbin/agetty --skip-login --login-program /bin/bash --keep-baud 115200 - $TERM
`
