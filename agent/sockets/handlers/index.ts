import type { Handler } from '../handler.ts'
import { accountHandlers } from './account.ts'
import { accountStateHandlers } from './account-state.ts'
import { boxHandlers } from './box.ts'
import { certificateHandlers } from './certificate.ts'
import { deviceHandlers } from './device.ts'
import { dhcpHandlers } from './dhcp.ts'
import { dnsHandlers } from './dns.ts'
import { firewallHandlers } from './firewall.ts'
import { groupHandlers } from './group.ts'
import { importJobHandlers } from './import-job.ts'
import { importLettersHandlers } from './import-letters.ts'
import { importPlanHandlers } from './import-plan.ts'
import { pageHandlers } from './page.ts'
import { portHandlers } from './port.ts'
import { roomHandlers } from './room.ts'
import { shareHandlers } from './share.ts'
import { stateHandlers } from './state.ts'
import { wlanHandlers } from './wlan.ts'

/** Everything the agent can be asked, by noun. */
export const handlers: readonly Handler[] = [
  ...stateHandlers,
  ...boxHandlers,
  ...portHandlers,
  ...dhcpHandlers,
  ...dnsHandlers,
  ...deviceHandlers,
  ...roomHandlers,
  ...firewallHandlers,
  ...pageHandlers,
  ...accountHandlers,
  ...accountStateHandlers,
  ...groupHandlers,
  ...importPlanHandlers,
  ...importLettersHandlers,
  ...importJobHandlers,
  ...certificateHandlers,
  ...shareHandlers,
  ...wlanHandlers,
]
