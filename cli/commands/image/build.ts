import { join } from 'node:path'
import { z } from 'zod'
import { BoxError } from '../../../agent/errors.ts'
import { readState } from '../../../agent/model/read.ts'
import { buildImage } from '../../build/build.ts'
import { formats } from '../../build/formats.ts'
import { Image } from '../../build/image.ts'
import { handOut } from '../../build/out.ts'
import { type Context, defineCommand } from '../../command.ts'
import { readDocuments } from '../state/documents.ts'

export const imageBuild = defineCommand({
  description:
    'Builds the operating system of an appliance from Debian 13, our own code and the data under image/. Packages come from the archives in the apt configuration of this machine, with Debian 13 in the place of its own release, and every one is checked against the signatures of Debian. Beside each image lie its lock list, from which the same image can be built again bit by bit, and its bill of materials. What was made once is cached in /var/cache/iserv-ctl; a build after a change in our own code takes seconds.',
  input: z.strictObject({
    role: z.string().default('school').meta({ description: 'What the appliance is for', value: 'ROLE' }),
    format: z.enum(formats).default('rootfs').meta({
      description: 'rootfs: a folder, for the lab; raw: a disk; qcow2: a disk for virtual machines',
    }),
    mirror: z
      .array(z.url({ protocol: /^https?$/ }))
      .default([])
      .meta({
        description: "Archive in place of the machine's; give the security archive (its address ends in -security) too",
        value: 'URL',
      }),
    out: z.string().optional().meta({ description: 'Also put the image here', value: 'DIR' }),
    state: z.string().optional().meta({
      description: 'School state that the disk brings along: the server applies it at its first start',
      value: 'FILE',
    }),
    lock: z.string().optional().meta({ description: 'Build exactly from this lock list', value: 'FILE' }),
    refresh: z.boolean().default(false).meta({ description: 'Ask the archives for their newest packages' }),
  }),
  positionals: [],
  output: Image.extend({ warnings: z.array(z.string()).meta({ description: 'What the image lacks, or differs in' }) }),
  examples: [
    { line: 'image build', tells: 'The school server as a folder, which is what the lab boots.' },
    { line: 'image build --format raw --out dist', tells: 'A disk image to write onto a server.' },
    {
      line: 'image build --format raw --out dist --state school.yaml',
      tells: 'The same disk for one school: its server is at work after the first start.',
    },
    { line: 'image build --format raw --lock dist/school.lock.json', tells: 'The same disk image again, bit by bit.' },
  ],
  async run({ role, format, mirror, out, state, lock, refresh }, context) {
    if (state !== undefined && (format === 'rootfs' || out === undefined)) {
      throw new BoxError('USAGE', '--state is for a disk that is handed out', {
        hint: 'Say also --format raw or --format qcow2, and --out DIR.',
      })
    }
    const document = state === undefined ? undefined : await readChecked(state, context)
    const place = (path: string): string => (path.startsWith('/') ? path : join(context.folder, path))
    const path = lock === undefined ? undefined : place(lock)
    const warnings = [...(document?.warnings ?? [])]
    const around = { ...context, warn: (line: string) => void warnings.push(line) }
    const built = await buildImage({ role, format, mirrors: mirror, lock: path, refresh }, around)
    const image = out === undefined ? built : await handOut(built, place(out), format, context, document?.text)
    return { ...image, warnings }
  },
  present: ({ role, version, digest, tree, lock, sbom, raw, qcow2, warnings }) => [
    { kind: 'lines', lines: [`Image ${role} ${version}, ${digest.slice(0, 12)}`] },
    {
      kind: 'fields',
      fields: Object.entries({ tree, 'disk image': raw, qcow2, 'lock list': lock, 'bill of materials': sbom }).filter(
        (field): field is [string, string] => field[1] !== undefined,
      ),
    },
    { kind: 'lines', lines: warnings.map((text) => ({ text, tone: 'warning' })) },
  ],
})

/** As the server will read it: a disk with mistakes would be noticed only in the cellar of the school. */
async function readChecked(file: string, context: Context) {
  const documents = await readDocuments([file], context)
  return {
    text: documents.map(({ text }) => text).join(''),
    warnings: readState(documents).warnings.map(({ message, line }) => `${file}:${line} ${message}`),
  }
}
