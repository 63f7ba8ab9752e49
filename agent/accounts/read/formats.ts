import type { Format } from './format.ts'
import { asv } from './formats/asv.ts'
import { danis } from './formats/danis.ts'
import { iserv } from './formats/iserv.ts'
import { iservGroups } from './formats/iserv-groups.ts'
import { iservParents } from './formats/iserv-parents.ts'
import { iservUsers } from './formats/iserv-users.ts'
import { linuxmuster } from './formats/linuxmuster.ts'
import { logineo } from './formats/logineo.ts'
import { lusd } from './formats/lusd.ts'
import { nbc } from './formats/nbc.ts'
import { oneroster } from './formats/oneroster.ts'
import { schild } from './formats/schild.ts'
import { schildDat } from './formats/schild-dat.ts'
import { schulconnex } from './formats/schulconnex.ts'
import { ucs } from './formats/ucs.ts'
import { ucsLegacy } from './formats/ucs-legacy.ts'
import { untis } from './formats/untis.ts'
import { zentyal } from './formats/zentyal.ts'

/** Every kind of file that is read. The last one takes any table that names its columns. */
export const formats: readonly Format[] = [
  schild,
  schildDat,
  logineo,
  danis,
  asv,
  lusd,
  linuxmuster,
  ucs,
  ucsLegacy,
  oneroster,
  schulconnex,
  untis,
  nbc,
  zentyal,
  iservUsers,
  iservParents,
  iservGroups,
  iserv,
]
