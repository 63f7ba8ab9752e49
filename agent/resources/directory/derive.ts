import { addressText, contains, subnetOf, addressNumber } from '../../model/address.ts'
import type { SchoolState } from '../../model/state.ts'
import { computerEntries } from './computers.ts'
import { domainEntry, passwordEntries, servicePasswords } from './passwords.ts'
import type { DirectoryDesired } from './schema.ts'
import { accountEntries, groupEntries, serviceAccounts, unitEntries } from './tree.ts'

export function derive({ state }: { readonly state: SchoolState }): DirectoryDesired {
  const { school, directory } = state
  const { language, domain: name } = school
  const place = directory && placeOf(directory.address, state)
  if (directory === undefined || place === undefined) return { language, domain: undefined }
  const accounts = serviceAccounts(name)
  return {
    language,
    domain: {
      name,
      ...place,
      entries: [
        domainEntry(name, directory.passwords.others),
        ...unitEntries(name),
        ...groupEntries(name, language),
        ...accountEntries(accounts),
        ...passwordEntries(name, directory),
        servicePasswords(name, accounts),
        ...computerEntries(state),
      ],
      accounts,
    },
  }
}

/** The check of the state has seen to it that there is such a network. */
function placeOf(
  address: string,
  { networks }: SchoolState,
): { readonly address: string; readonly resolver: string } | undefined {
  const number = addressNumber(address) ?? 0n
  for (const { ipv4 } of networks) {
    const subnet = subnetOf(ipv4)
    if (subnet !== undefined && contains(subnet, number)) {
      return { address: `${address}/${subnet.prefix}`, resolver: addressText(subnet.address, 4) }
    }
  }
  return undefined
}
