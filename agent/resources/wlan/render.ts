import { isIPv6 } from 'node:net'
import type { RenderedFile } from '../../engine/resource.ts'
import { loadedFile, secretFile } from './paths.ts'
import type { AccessPoint, Place, WlanDesired } from './schema.ts'

/** What differs from school to school; how people sign in stands in the image, in the file that is included. */
export function render({ service }: WlanDesired): readonly RenderedFile[] {
  if (service === undefined) return []
  const { domain, netbios, accessPoints, places } = service
  const families = accessPoints.some(({ address }) => isIPv6(hostOf(address)))
    ? ['ipaddr = *', 'ipv6addr = ::']
    : ['ipaddr = *']
  const lines = [
    ...section('school', [`domain_pattern = "${domain.replaceAll('.', '[.]')}"`, `netbios = "${netbios}"`]),
    `$INCLUDE ${loadedFile}`,
    '$INCLUDE /etc/freeradius/3.0/iserv.conf',
    ...section('policy', section('school_place', placing(places))),
    ...accessPoints.flatMap(client),
    ...families.flatMap((address) => [listener('auth', 1812, address), listener('acct', 1813, address)]).flat(),
  ]
  return [{ path: 'radiusd.conf', text: `${lines.join('\n')}\n` }]
}

/** Groups come from winbindd as numbers with blanks between them. */
function placing(places: readonly Place[]): readonly string[] {
  const branches = places.flatMap(({ role, group, network, vlan }, index) =>
    section(`${index === 0 ? 'if' : 'elsif'} (&request:Tmp-String-1 =~ / ${group} /)`, [
      ...section('update outer.session-state', [
        `&Tmp-String-1 := "${role}"`,
        `&Tmp-String-2 := "${network}"`,
        ...(vlan === undefined ? [] : [`&Tmp-String-3 := "${vlan}"`]),
      ]),
    ]),
  )
  return [
    ...section('update request', ['&Tmp-String-1 := " %{exec:/usr/bin/wbinfo --user-groups=%{Stripped-User-Name}} "']),
    ...branches,
    ...section('else', [...section('update request', ['&Module-Failure-Message := "role"']), 'reject']),
  ]
}

function client({ name, address }: AccessPoint): readonly string[] {
  return section(`client ${name}`, [
    `${isIPv6(hostOf(address)) ? 'ipv6addr' : 'ipv4addr'} = ${address}`,
    `$INCLUDE ${secretFile(name)}`,
  ])
}

function listener(type: string, port: number, address: string): readonly string[] {
  return section('listen', [`type = ${type}`, address, `port = ${port}`, 'virtual_server = wireless'])
}

const hostOf = (address: string): string => address.split('/')[0] ?? address

function section(head: string, lines: readonly string[]): readonly string[] {
  return [`${head} {`, ...lines.map((line) => `\t${line}`), '}']
}
