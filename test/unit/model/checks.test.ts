import t from 'tap'
import { checkState } from '../../../agent/model/checks/index.ts'
import { SchoolState, type SchoolStateInput } from '../../../agent/model/state.ts'
import { designSchool, exampleInput, exampleSchool } from '../../support/school.ts'

type Input = { -readonly [Key in keyof SchoolStateInput]-?: NonNullable<SchoolStateInput[Key]> }

/** What is said about the example school after a change, as `severity path: message`. */
function said(change: (school: Input) => void): readonly string[] {
  const input = exampleInput() as Input
  change(input)
  return checkState(SchoolState.parse(input)).map(({ severity, path, message }) => `${severity} ${path}: ${message}`)
}

t.test('nothing is said about schools in order', async (t) => {
  t.strictSame(checkState(exampleSchool()), [])
  t.strictSame(checkState(designSchool()), [])
})

const cases: readonly (readonly [title: string, change: (school: Input) => void, said: readonly string[]])[] = [
  [
    'a key named twice, and a service where SSH is',
    (school) => {
      const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'
      school.administration = { keys: [`${key} ada`, `${key} ben`] }
      school.services.push({ name: 'old', protocol: 'tcp', ports: [22], from: ['school'] })
    },
    [
      'error services[1].ports[0]: tcp port 22 from school already leads to administration (administration.from[0])',
      'error administration.keys[1]: the same key stands already on administration.keys[0]',
    ],
  ],
  [
    'a network that overlaps another',
    ({ networks: [, guest] }) => void Object.assign(guest!, { ipv4: '10.20.128.1/22', pool: undefined }),
    ['error networks[1].ipv4: 10.20.128.0/22 overlaps 10.20.0.0/16 of network school (networks[0].ipv4)'],
  ],
  [
    'an IPv6 network that overlaps another',
    ({ networks: [, guest] }) => void (guest!.ipv6 = 'fd20:1::2/64'),
    ['error networks[1].ipv6: fd20:1::/64 overlaps fd20:1::/64 of network school (networks[0].ipv6)'],
  ],
  [
    'a network that overlaps the fixed address of the uplink',
    ({ uplink }) => void (uplink.ipv4 = { address: '10.20.3.4/24', gateway: '10.20.3.1' }),
    ['error networks[0].ipv4: 10.20.0.0/16 overlaps 10.20.3.0/24 of the uplink (uplink.ipv4.address)'],
  ],
  [
    'a gateway that the uplink does not reach',
    ({ uplink }) => {
      uplink.ipv4 = { address: '198.51.100.20/24', gateway: '198.51.10.1' }
      uplink.ipv6 = { address: '2001:db8:1::20/64', gateway: '2001:db8:2::1' }
    },
    [
      'error uplink.ipv4.gateway: 198.51.10.1 does not lie in 198.51.100.0/24 of the uplink',
      'error uplink.ipv6.gateway: 2001:db8:2::1 does not lie in 2001:db8:1::/64 of the uplink',
    ],
  ],
  [
    'the broadcast address as a gateway',
    ({ uplink }) => void (uplink.ipv4 = { address: '198.51.100.20/24', gateway: '198.51.100.255' }),
    ['error uplink.ipv4.gateway: 198.51.100.255 is the broadcast address of 198.51.100.0/24'],
  ],
  [
    'a gateway named by its address on the line',
    ({ uplink }) => void (uplink.ipv6 = { address: '2001:db8:1::20/64', gateway: 'fe80::1' }),
    [],
  ],
  [
    'the subnet in place of an address',
    ({ networks: [, guest] }) => void (guest!.ipv4 = '10.30.0.0/22'),
    ['error networks[1].ipv4: 10.30.0.0/22 names the subnet itself, not an address of the box in it'],
  ],
  [
    'the broadcast address for the box',
    ({ networks: [, guest] }) => void Object.assign(guest!, { ipv4: '10.30.3.255/22' }),
    ['error networks[1].ipv4: the address of the box is the broadcast address of 10.30.0.0/22'],
  ],
  [
    'sizes no network has',
    ({ networks: [, guest] }) =>
      void Object.assign(guest!, { ipv4: '10.30.0.1/31', ipv6: 'fd20:2::1/48', pool: undefined }),
    [
      'error networks[1].ipv4: /31 is no size for a network; /8 to /30 are',
      'error networks[1].ipv6: fd20:2::1/48 is not a /64, the only length devices can use',
    ],
  ],
  [
    'a pool outside its network',
    ({ networks: [, guest] }) => void (guest!.pool = { from: '10.31.0.1', to: '10.31.0.9' }),
    [
      'error networks[1].pool.from: 10.31.0.1 does not lie in 10.30.0.0/22 of network guest',
      'error networks[1].pool.to: 10.31.0.9 does not lie in 10.30.0.0/22 of network guest',
    ],
  ],
  [
    'a pool that ends before it begins',
    ({ networks: [, guest] }) => void (guest!.pool = { from: '10.30.2.1', to: '10.30.1.1' }),
    ['error networks[1].pool: the pool 10.30.2.1–10.30.1.1 begins after its end'],
  ],
  [
    'a pool with addresses no device can have',
    ({ networks: [, guest] }) => void (guest!.pool = { from: '10.30.0.0', to: '10.30.3.255' }),
    [
      'error networks[1].pool: the pool 10.30.0.0–10.30.3.255 contains 10.30.0.1, the address of the box',
      'error networks[1].pool.from: 10.30.0.0 names the subnet, no device can have it',
      'error networks[1].pool.to: 10.30.3.255 is the broadcast address, no device can have it',
    ],
  ],
  [
    'a pool too small for the known devices',
    ({ networks: [school], devices }) => {
      school!.pool = { from: '10.20.200.1', to: '10.20.200.1' }
      devices.push({ name: 'second', mac: '52:54:00:00:99:01', network: 'school' })
    },
    [
      'warning networks[0].pool: the pool 10.20.200.1–10.20.200.1 holds fewer addresses (1) than there are known devices without one (2)',
    ],
  ],
  [
    'no pool for devices without an address',
    ({ networks: [school] }) => void delete school!.pool,
    ['warning networks[0]: there is no pool, so devices of network school without an address (1) get none'],
  ],
  [
    'reservations that do not fit',
    ({ devices }) => {
      devices[0]!.address = '10.30.0.7'
      devices[1]!.address = '10.20.0.1'
      devices[2]!.address = '10.20.0.0'
      devices[3]!.address = '10.20.255.255'
    },
    [
      'error devices[0].address: 10.30.0.7 does not lie in 10.20.0.0/16 of network school, where room r214 is',
      'error devices[1].address: 10.20.0.1 is the address of the box itself',
      'error devices[2].address: 10.20.0.0 names the subnet, no device can have it',
      'error devices[3].address: 10.20.255.255 is the broadcast address, no device can have it',
    ],
  ],
  [
    'an address and a card given twice',
    ({ devices }) => void Object.assign(devices[2]!, { address: '10.20.14.7', mac: '52-54-00-14-07-01' }),
    [
      'error devices[2].address: 10.20.14.7 already belongs to r214-pc07 (devices[0].address)',
      'error devices[2].mac: 52:54:00:14:07:01 already belongs to r214-pc07 (devices[0].mac)',
    ],
  ],
  [
    'names given twice, and one that is taken by the box',
    ({ rooms, services, filters, devices }) => {
      rooms.push({ ...rooms[0]! })
      services.push({ name: 'web', protocol: 'tcp', ports: [8080], from: ['school'] })
      filters.profiles!.push({ name: 'exam' })
      filters.lists!.push({ name: 'exam', domains: ['a.example'] })
      devices[5]!.name = 'server'
    },
    [
      'error rooms[3].name: the name r214 is already taken (rooms[0].name)',
      'error services[1].name: the name web is already taken (services[0].name)',
      'error filters.lists[3].name: the name exam is already taken (filters.lists[2].name)',
      'error filters.profiles[3].name: the name exam is already taken (filters.profiles[2].name)',
      'error devices[5].name: the name server is reserved: the server itself has it',
    ],
  ],
  [
    'names that devices may not have, and names with which a computer cannot join',
    ({ rooms, devices, forwards }) => {
      forwards.length = 0
      rooms[0]!.joins = true
      const [one, two, three, four, five, six] = devices
      Object.assign(one!, { name: 'dc1' })
      Object.assign(two!, { name: '214077' })
      Object.assign(three!, { name: '118031', joins: true })
      Object.assign(four!, { name: 'autodiscover' })
      Object.assign(five!, { name: '4711', joins: false })
      Object.assign(six!, { name: 'schule', joins: true })
      devices.push({ ...six!, name: 'proxy', mac: '52:54:00:00:00:77' })
      devices.push({ ...six!, name: 'world', mac: '52:54:00:00:00:78', joins: false })
      devices.push({ ...six!, name: 'terminal-library-2', mac: '52:54:00:00:00:79' })
      devices.push({ ...six!, name: 'phone-library-north', mac: '52:54:00:00:00:7a', joins: false })
    },
    [
      'error devices[0].name: the name dc1 is reserved: the server itself has it',
      'error devices[1].name: a computer named 214077 cannot join: Windows takes no computer name that has digits only',
      'error devices[2].name: a computer named 118031 cannot join: Windows takes no computer name that has digits only',
      'error devices[3].name: the name autodiscover is reserved: computers look it up by themselves',
      'error devices[5].name: a computer named schule cannot join: Windows calls the domain schule.lan so',
      'error devices[6].name: a computer named proxy cannot join: Windows has reserved it',
      'error devices[8].name: a computer named terminal-library-2 cannot join: Windows takes at most 15 characters',
    ],
  ],
  [
    'a domain of the internet',
    ({ school }) => void (school.domain = 'realschule-am-see.de'),
    [
      'warning school.domain: realschule-am-see.de may be a domain of the internet; inside, only this server answers for it, so a website or mail server below it is not found from school',
    ],
  ],
  [
    'a part of it that is kept for the inside',
    ({ school }) => void (school.domain = 'intern.realschule-am-see.de'),
    [],
  ],
  [
    'names of what does not exist',
    ({ networks, rooms, devices, forwards, filters }) => {
      networks[1]!.filter = 'yuoth'
      Object.assign(rooms[0]!, { filter: 'strict', filterWhenLocked: 'exma' })
      rooms[1]!.network = 'shcool'
      devices[0]!.room = 'r241'
      delete devices[2]!.address
      forwards[0]!.to = { device: 'roof-senser' }
      filters.profiles![0]!.block = ['adlut']
      filters.profiles![2]!.only = ['exams']
    },
    [
      'error networks[1].filter: there is no filter profile "yuoth". Did you mean "youth"?',
      'error rooms[0].filter: there is no filter profile "strict"',
      'error rooms[0].filterWhenLocked: there is no filter profile "exma". Did you mean "exam"?',
      'error rooms[1].network: there is no network "shcool". Did you mean "school"?',
      'error devices[0].room: there is no room "r241". Did you mean "r214"?',
      'error forwards[0].to.device: there is no device "roof-senser". Did you mean "roof-sensor"?',
      'error filters.profiles[0].block[0]: there is no filter list "adlut". Did you mean "adult"?',
      'error filters.profiles[2].only[0]: there is no filter list "exams". Did you mean "exam"?',
    ],
  ],
  [
    'devices with both places and with none',
    ({ devices }) => {
      devices[0]!.network = 'school'
      delete devices[5]!.network
    },
    [
      'error devices[0].network: r214-pc07 stands in room r214 and in network school; a room already has its network',
      'error devices[5]: librarian stands in no room and no network',
    ],
  ],
  [
    'ports of the box used twice',
    ({ networks: [, guest] }) => void (guest!.ports = ['lan0', 'uplink0', 'br-guest']),
    [
      'error networks[1].ports[0]: port lan0 without a VLAN already carries network school (networks[0].ports[0])',
      'error networks[1].ports[1]: uplink0 is the port of the uplink (uplink.port)',
      'error networks[1].ports[2]: br-guest is no port: the box makes it itself',
    ],
  ],
  [
    'one VLAN twice on a port',
    ({ networks }) => networks.forEach((network) => Object.assign(network, { ports: ['lan0'], vlan: 20 })),
    ['error networks[1].ports[0]: VLAN 20 of port lan0 already carries network school (networks[0].ports[0])'],
  ],
  [
    'VLANs of their own on one port',
    ({ networks: [, guest] }) => void Object.assign(guest!, { ports: ['lan0'], vlan: 30 }),
    [],
  ],
  [
    'ports of the uplink that lead to two things',
    ({ services, forwards }) => {
      services.push({ name: 'remote', protocol: 'tcp', ports: [443, 8443], from: ['uplink', 'school'] })
      forwards.push({ name: 'udp', protocol: 'udp', port: 8443, to: { device: 'roof-sensor' } })
    },
    [
      'error services[1].ports[0]: tcp port 443 from school already leads to web (services[0].ports[1])',
      'error forwards[0].port: tcp port 8443 from uplink already leads to remote (services[1].ports[1])',
    ],
  ],
  [
    'forwards that lead to moving targets or nowhere',
    ({ devices, forwards }) => {
      delete devices[4]!.address
      forwards.push({ name: 'none', protocol: 'tcp', port: 1, to: {} })
      forwards.push({ name: 'both', protocol: 'tcp', port: 2, to: { device: 'r214-pc07', address: '10.20.14.7' } })
      forwards.push({ name: 'away', protocol: 'tcp', port: 3, to: { address: '10.99.0.1' } })
    },
    [
      'error forwards[1].to: none leads nowhere',
      'error forwards[2].to: both leads to a device and to an address',
      'warning forwards[0].to.device: roof-sensor has no address of its own; the forward breaks when its lease changes',
      'warning forwards[3].to.address: 10.99.0.1 lies in no network of the school',
    ],
  ],
  [
    'names and addresses of others',
    ({ school, networks: [, guest] }) => {
      school.domain = 'schule.local'
      Object.assign(guest!, { ipv4: '11.30.0.1/22', pool: undefined })
    },
    [
      'warning school.domain: computers look up names under .local among their neighbours, not at the box (schule.local)',
      'warning networks[1].ipv4: 11.30.0.0/22 belongs to somebody on the internet, who can then not be reached from inside',
    ],
  ],
  [
    'a directory in the wrong place',
    (school) => void (school.directory = { address: '10.30.0.3' }),
    ['error directory.address: 10.30.0.3 lies in no network of the school'],
  ],
  [
    'a wireless network without a directory, for nobody',
    (school) => void (school.wlan = { accessPoints: [{ name: 'ap', address: '10.20.0.40' }], roles: {} }),
    ['error wlan: nobody can sign in without a directory', 'error wlan.roles: no role may sign in'],
  ],
  [
    'access points that cannot be, and networks that they cannot tell apart',
    (school) => {
      school.directory = { address: '10.20.0.3' }
      school.wlan = {
        accessPoints: [
          { name: 'ap', address: '10.30.0.40' },
          { name: 'ap', address: '10.20.8.0/24' },
          { name: 'hall', address: '10.20.8.0/24' },
          { name: 'all', address: '10.0.0.0/8' },
          { name: 'loose', address: '10.20.200.3' },
        ],
        roles: { teacher: 'school', pupil: 'guest', parent: 'lounge' },
      }
    },
    [
      'error wlan.accessPoints[1].name: the name ap is already taken (wlan.accessPoints[0].name)',
      'error wlan.roles.parent: there is no network "lounge"',
      'error wlan.roles.pupil: guest has no VLAN, and neither has school (wlan.roles.teacher): access points cannot tell them apart',
      'error wlan.accessPoints[2].address: 10.20.8.0/24 is already that of ap (wlan.accessPoints[1].address)',
      'error wlan.accessPoints[0].address: 10.30.0.40 lies in no network of the school',
      'error wlan.accessPoints[3].address: 10.0.0.0/8 lies in no network of the school',
      'warning wlan.accessPoints[4].address: 10.20.200.3 lies in the pool of network school',
    ],
  ],
  [
    'a directory at the address of a device in the pool',
    (school) => {
      school.directory = { address: '10.20.200.3' }
      school.devices[0]!.address = '10.20.200.3'
    },
    [
      'error directory.address: 10.20.200.3 lies in the pool of network school (networks[0].pool)',
      'error directory.address: 10.20.200.3 already belongs to r214-pc07 (devices[0].address)',
    ],
  ],
  [
    'a list that holds nothing',
    ({ filters }) => void (filters.lists![0]!.domains = []),
    ['warning filters.lists[0]: the list games holds no domain'],
  ],
]

for (const [title, change, expected] of cases) {
  t.test(title, async (t) => t.strictSame(said(change), expected))
}
