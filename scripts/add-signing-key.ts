/**
 * add-signing-key.ts: adds a key to the data folder that signs certificates from the API's next start on. What earlier keys signed stays valid as long
 * as their public halves (`<id>.pub.pem`) stay in the folder.
 */
import { join } from 'node:path';
import { EnvironmentProblem, readEnvironment } from '../clients/environment';
import { addSigningKey } from '../clients/signing-keys';

try {
  const folder = join(readEnvironment(process.env).dataDir, 'keys');
  const id = addSigningKey(folder);
  console.log(`Khóa ${id} đã được tạo trong ${folder}; khởi động lại API để dùng. / Key ${id} was made; restart the API to sign with it.`);
} catch (error) {
  console.error(error instanceof EnvironmentProblem ? error.message : error);
  process.exitCode = 1;
}
