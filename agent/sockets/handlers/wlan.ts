import { wlanSecret, wlanShow } from '../../contract/wlan.ts'
import { BoxError } from '../../errors.ts'
import { turnsAt } from '../../engine/serial.ts'
import { addressNumber, addressText, contains, subnetOf } from '../../model/address.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { SchoolState } from '../../model/state.ts'
import { derive } from '../../resources/wlan/derive.ts'
import type { AccessPoint, WlanDesired } from '../../resources/wlan/schema.ts'
import { readSecret, renewSecret } from '../../resources/wlan/secrets.ts'
import type { Files } from '../../system/system.ts'
import { defineHandler, type Handler } from '../handler.ts'

export const wlanHandlers: readonly Handler[] = [
  defineHandler(wlanShow, (_request, { engine }) => {
    const state = engine.state()
    const { domain, accessPoints, places } = serviceOf(state)
    return {
      domain,
      accessPoints: accessPoints.map((one) => ({ ...one, server: serverFor(one, state) })),
      places: places.map(({ role, network, vlan = null }) => ({ role, network, vlan })),
    }
  }),

  defineHandler(wlanSecret, ({ accessPoint, renew }, { engine, system }) =>
    // One request after the other, to its end: nobody is told a secret that was replaced before FreeRADIUS knew it.
    turnAt(system.files)(async () => {
      // The resource makes secrets too, where one is missing.
      const secrets = await engine.alone(async () => {
        const state = engine.state()
        const { accessPoints } = serviceOf(state)
        const chosen = accessPoint === null ? accessPoints : [known(accessPoint, accessPoints)]
        const answers = []
        for (const one of chosen) {
          const found = renew ? undefined : await readSecret(one.name, system.files)
          // One that was lost is made anew: the access point has to be told in any case.
          const secret = found ?? (await renewSecret(one.name, system.files))
          answers.push({ accessPoint: one.name, address: one.address, server: serverFor(one, state), secret })
        }
        return answers
      })
      // FreeRADIUS loads them before anybody is told.
      await engine.reconcile(true)
      return { secrets }
    }),
  ),
]

const turnAt = turnsAt<Files>()

function serviceOf(state: SchoolState): NonNullable<WlanDesired['service']> {
  const { service } = derive({ state })
  if (service !== undefined) return service
  throw new BoxError('WLAN_NONE', 'The school has not declared a wireless network', {
    hint: 'Declare access points and roles under "wlan" in the school state: iserv-ctl guide show state',
  })
}

function known(name: string, accessPoints: readonly AccessPoint[]): AccessPoint {
  const found = accessPoints.find((one) => one.name === name)
  if (found !== undefined) return found
  const names = accessPoints.map((one) => one.name)
  throw new BoxError('ACCESS_POINT_UNKNOWN', `There is no access point "${name}".${didYouMean(name, names)}`, {
    hint: 'iserv-ctl wlan show tells of all.',
  })
}

/** The box's own address in the network in which the access point stands: no router lies between them. */
function serverFor({ address }: AccessPoint, { networks }: SchoolState): string {
  const place = addressNumber(address.split('/')[0] ?? '') ?? 0n
  const homes = networks.flatMap(({ ipv4, ipv6 }) => [subnetOf(ipv4), ipv6 === undefined ? undefined : subnetOf(ipv6)])
  const family = address.includes(':') ? 6 : 4
  const home = homes.find((one) => one !== undefined && one.family === family && contains(one, place))
  return home === undefined ? '' : addressText(home.address, home.family)
}
