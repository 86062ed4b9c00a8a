/** `npm run rehearse -- --plan <id> --registrations <file> …`: a season and the 36 months after it, apart from production. */
import { main } from '../rehearsal/main';

void main(process.argv.slice(2));
