import { z } from 'zod'
import { certificateInstall, CertificateView } from '../../../agent/contract/certificate.ts'
import { BoxError } from '../../../agent/errors.ts'
import type { System } from '../../../agent/system/system.ts'
import { defineCommand } from '../../command.ts'
import { dayOf } from './day.ts'

export const install = defineCommand({
  description:
    'Puts a certificate in the place of the present one: the one that was issued for the last request, with those between it and its authority below it. If it does not fit the key, has ended or is for another name, it is refused and the present one stays.',
  input: z.strictObject({
    file: z.string().meta({ description: 'PEM', value: 'FILE' }),
    key: z.string().exactOptional().meta({ description: 'Its key, when it was not made here', value: 'FILE' }),
  }),
  positionals: ['file'],
  output: CertificateView,
  examples: [{ line: 'certificate install server.pem', tells: 'What came back for a request' }],
  async run({ file, key }, { agent, system, folder }) {
    const certificate = await textOf(file, folder, system)
    const given = key === undefined ? {} : { key: await textOf(key, folder, system) }
    return agent.call(certificateInstall, { certificate, ...given })
  },
  present: ({ names, issuer, to }) => [
    { kind: 'lines', lines: [{ text: `The certificate for ${names.join(', ')} is installed.`, tone: 'good' }] },
    {
      kind: 'fields',
      fields: [
        ['issued by', issuer],
        ['until', dayOf(to)],
      ],
    },
  ],
})

async function textOf(path: string, folder: string, { files }: System): Promise<string> {
  const text = await files.read(path.startsWith('/') ? path : `${folder}/${path}`)
  if (text === undefined) throw new BoxError('FILE_MISSING', `There is no file ${path}`)
  return text
}
