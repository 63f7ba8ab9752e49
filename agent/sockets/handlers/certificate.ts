import {
  certificateInstall,
  certificateRequest,
  certificateShow,
  type CertificateView,
} from '../../contract/certificate.ts'
import { derive } from '../../resources/certificates/derive.ts'
import { install, request } from '../../resources/certificates/install.ts'
import { observe } from '../../resources/certificates/observe.ts'
import { authority, requested } from '../../resources/certificates/paths.ts'
import type { Certificate } from '../../resources/certificates/schema.ts'
import { defineHandler, type Handler } from '../handler.ts'

export const certificateHandlers: readonly Handler[] = [
  defineHandler(certificateShow, async (_, { system }) => {
    const found = await observe(system)
    const pem = await system.files.read(authority.certificate)
    return {
      server: found.server === undefined ? null : viewOf(found.server, found.server.own),
      authority:
        found.authority === undefined || pem === undefined
          ? null
          : {
              subject: found.authority.subject,
              to: found.authority.to,
              fingerprint: found.authority.fingerprint,
              certificate: pem,
            },
      waiting: (await system.files.stat(requested.key)) !== undefined,
    }
  }),
  defineHandler(certificateRequest, async ({ names: wished }, { engine, system }) => {
    const names = wished.length > 0 ? wished : [...derive({ state: engine.state() }).names]
    return { names, request: await engine.alone(() => request(names, system)) }
  }),
  defineHandler(certificateInstall, async ({ certificate, key }, { engine, system }) => {
    const { names } = derive({ state: engine.state() })
    const installed = await engine.alone(() => install(certificate, key, names, system))
    engine.wake('a certificate was installed')
    return viewOf(installed, false)
  }),
]

function viewOf({ names, issuer, from, to, fingerprint }: Certificate, own: boolean): CertificateView {
  return { names: [...names], issuer, own, from, to, fingerprint }
}
