import t from 'tap'
import { Directory } from '../../../../agent/model/directory.ts'
import { derive } from '../../../../agent/resources/directory/derive.ts'
import { render } from '../../../../agent/resources/directory/render.ts'
import { golden } from '../../../support/golden.ts'
import { exampleSchool } from '../../../support/school.ts'

t.test('the domain controller of the example school', async (t) => {
  const school = { ...exampleSchool(), directory: Directory.parse({ address: '10.20.0.3' }) }
  const [file] = render(derive({ state: school }))
  golden(t, 'samba/example/smb.conf', file?.text ?? '')
})
