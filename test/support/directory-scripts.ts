/** Programs in Python that a test runs on a box with a directory. */

import { closedRpcPort, rpcPorts } from '../../agent/model/directory-ports.ts'

/** Asks for accounts without a password on every port on which Samba serves RPC, from the box itself, where nothing is closed. */
export const askThere = `
from samba.credentials import Credentials
from samba.dcerpc import lsa, samr
from samba.param import LoadParm
lp = LoadParm()
lp.load('/etc/samba/smb.conf')
def lsa_name(text):
    name = lsa.String()
    name.string = text
    return name
nobody = Credentials()
nobody.guess(lp)
nobody.set_anonymous()
for port in range(${rpcPorts.from}, ${closedRpcPort} + 1):
    try:
        there = samr.samr('ncacn_ip_tcp:10.20.0.3[%d]' % port, lp, nobody)
        handle = there.Connect2(None, 0x02000000)
        domain = there.OpenDomain(handle, 0x02000000, there.LookupDomain(handle, lsa_name('SCHULE')))
        names = [str(one.name.string) for one in there.EnumDomainUsers(domain, 0, 0, 0xffff)[1].entries]
        print(port, 'closed by the firewall' if port == ${closedRpcPort} else 'open', names)
    except Exception as error:
        pass
`

/** Asks for the time as a computer of the domain does (MS-SNTP), and recomputes the signature with that computer's key. */
export const askSigned = `
import hashlib, socket, struct, sys
from samba.auth import system_session
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.param import LoadParm
from samba.samdb import SamDB
params = LoadParm()
params.load_default()
entry = SamDB(session_info=system_session(), lp=params).search(
    expression="(sAMAccountName=DC1$)", attrs=["objectSid", "unicodePwd"])[0]
number = int(str(ndr_unpack(security.dom_sid, entry["objectSid"][0])).rsplit("-", 1)[1])
asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asking.settimeout(5)
asking.sendto(b"\\x1b" + bytes(47) + struct.pack("<I", number) + bytes(16), ("10.20.0.1", 123))
answer = asking.recv(512)
signed = hashlib.md5(entry["unicodePwd"][0] + answer[:48]).digest()
print(len(answer), answer[52:68] == signed)
`

/**
 * Nobody knows the administrator's password; but AD knows its hash. Every word of every log and of every process is hashed
 * and compared with it.
 */
export const wordsThatSignIn = `
import glob, json, re, subprocess
from samba.auth import system_session
from samba.credentials import Credentials
from samba.param import LoadParm
from samba.samdb import SamDB
lp = LoadParm()
lp.load('/etc/samba/smb.conf')
db = SamDB(url='/var/lib/samba/private/sam.ldb', session_info=system_session(), lp=lp)
def hash_of(name):
    return bytes(db.search(expression='(sAMAccountName=%s)' % name, attrs=['unicodePwd'])[0]['unicodePwd'][0])
wanted = {hash_of('Administrator'): 'administrator', hash_of('service-reader'): 'reader'}
texts = [subprocess.run(['journalctl', '--no-pager', '-o', 'verbose'], capture_output=True).stdout]
for path in glob.glob('/var/log/**', recursive=True) + glob.glob('/proc/[0-9]*/cmdline'):
    try:
        texts.append(open(path, 'rb').read())
    except OSError:
        pass
words = set(re.findall(rb'[!-~]{8,64}', b'\\n'.join(texts)))
words |= {part for word in words for part in re.split(rb'[="\\':,;]', word) if len(part) >= 8}
found = {'words': len(words), 'administrator': 0, 'reader': 0}
for word in words:
    one = Credentials()
    one.set_password(word.decode('ascii'))
    if bytes(one.get_nt_hash()) in wanted:
        found[wanted[bytes(one.get_nt_hash())]] += 1
print(json.dumps(found))
`
