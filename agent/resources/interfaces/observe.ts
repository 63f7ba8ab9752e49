import { dirname, basename } from 'node:path'
import { z } from 'zod'
import { addressText } from '../../model/address.ts'
import type { System } from '../../system/system.ts'
import { group } from './render.ts'
import type { Actual, ActualLink } from './schema.ts'

/** The part of `ip -json -details address show` that we read. */
const KernelLink = z.object({
  ifname: z.string(),
  address: z.string().default(''),
  /** Where it differs from `address`. */
  permaddr: z.string().optional(),
  altnames: z.array(z.string()).default([]),
  flags: z.array(z.string()),
  operstate: z.string(),
  group: z.string(),
  master: z.string().optional(),
  linkinfo: z
    .object({ info_kind: z.string().optional(), info_data: z.object({ id: z.int().optional() }).optional() })
    .optional(),
  addr_info: z.array(z.object({ local: z.string().optional(), prefixlen: z.int(), scope: z.string() })),
})

/** `ip -json netconf show`. */
const KernelSetting = z.object({ family: z.string(), interface: z.string(), forwarding: z.boolean().optional() })

/** The part of `networkctl list --json` that we read. */
const Managed = z.object({
  Interfaces: z.array(
    z.object({
      Name: z.string(),
      NetworkFile: z.string().nullish(),
      Routes: z.array(z.object({ DestinationPrefixLength: z.int(), Gateway: z.array(z.int()).optional() })).optional(),
    }),
  ),
})

/** What the kernel has and what systemd-networkd has loaded. Without networkd nothing counts as loaded. */
export async function observe(system: System): Promise<Actual> {
  const [kernel, managed] = await Promise.all([kernelState(system), managedLinks(system)])
  return {
    links: kernel.links.map((link) => actualLink(link, managed.get(link.ifname))),
    forwarding: ['inet', 'inet6'].every((family) =>
      kernel.settings.some((one) => one.family === family && one.interface === 'all' && one.forwarding === true),
    ),
  }
}

/** The same without asking systemd-networkd what it has loaded: enough to tell cables from addresses, at half the cost. */
export async function kernelLinks(system: System): Promise<readonly ActualLink[]> {
  return (await kernelState(system)).links.map((link) => actualLink(link, undefined))
}

async function kernelState({ processes }: System) {
  const { stdout } = await processes.run(['ip', '-json', '-details', '-batch', '-'], {
    input: 'address show\nnetconf show\n',
  })
  // One JSON text a line for each command.
  const [links = '[]', ...settings] = stdout.trim().split('\n')
  return {
    links: z.array(KernelLink).parse(JSON.parse(links)),
    settings: settings.flatMap((line) => z.array(KernelSetting).parse(JSON.parse(line))),
  }
}

type ManagedLink = z.infer<typeof Managed>['Interfaces'][number]

async function managedLinks({ processes }: System): Promise<ReadonlyMap<string, ManagedLink>> {
  const { status, stdout } = await processes.run(['networkctl', 'list', '--json=short'], { accept: [0, 1] })
  if (status !== 0) return new Map()
  return new Map(Managed.parse(JSON.parse(stdout)).Interfaces.map((link) => [link.Name, link]))
}

function actualLink(link: z.infer<typeof KernelLink>, managed: ManagedLink | undefined): ActualLink {
  const vlanId = link.linkinfo?.info_kind === 'vlan' ? link.linkinfo.info_data?.id : undefined
  const file = managed?.NetworkFile ?? ''
  return {
    name: link.ifname,
    kind: link.linkinfo?.info_kind ?? '',
    ...(vlanId === undefined ? {} : { vlanId }),
    mac: link.permaddr ?? link.address,
    otherNames: link.altnames,
    ...(link.master === undefined ? {} : { master: link.master }),
    up: link.flags.includes('UP'),
    carrier: link.flags.includes('LOWER_UP'),
    ours: link.group === String(group),
    addresses: link.addr_info
      .filter(({ scope }) => scope === 'global')
      .map(({ local = '', prefixlen }) => `${local}/${prefixlen}`),
    gateways: (managed?.Routes ?? []).flatMap((route) =>
      route.DestinationPrefixLength === 0 && route.Gateway !== undefined ? [gatewayText(route.Gateway)] : [],
    ),
    // Files of other origin (the distribution's own) are not ours to judge.
    ...(basename(dirname(file)) === 'interfaces' ? { file: basename(file) } : {}),
  }
}

function gatewayText(bytes: readonly number[]): string {
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  return addressText(number, bytes.length === 4 ? 4 : 6)
}
