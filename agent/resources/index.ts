import type { AnyResource } from '../engine/resource.ts'
import { certificates } from './certificates/index.ts'
import { dhcp } from './dhcp/index.ts'
import { directory } from './directory/index.ts'
import { dns } from './dns/index.ts'
import { firewall } from './firewall/index.ts'
import { interfaces } from './interfaces/index.ts'
import { neighbours } from './neighbours/index.ts'
import { shares } from './shares/index.ts'
import { ssh } from './ssh/index.ts'
import { time } from './time/index.ts'
import { web } from './web/index.ts'
import { wlan } from './wlan/index.ts'

/** What the box is: every service that the agent keeps as declared. */
export const resources: readonly AnyResource[] = [
  interfaces,
  neighbours,
  firewall,
  ssh,
  dhcp,
  dns,
  time,
  certificates,
  web,
  directory,
  shares,
  wlan,
]
