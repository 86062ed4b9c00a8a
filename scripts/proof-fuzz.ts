/**
 * `npm run proof:fuzz`: a fuzzer reads the served OpenAPI description and throws what it can think of at every route; no answer may be a server error
 * and every answer must be one the description names. Needs Python 3 with venv; bounded by OCOP_FUZZ_SECONDS (default 120).
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_TOKEN, Topology } from '../tests/proofs/topology';

const VERSION = '4.32.5';
const VENV = join(tmpdir(), `ocop-schemathesis-${VERSION}`);
const SECONDS = Number(process.env.OCOP_FUZZ_SECONDS ?? 120);

function fuzzer(): string {
  const program = join(VENV, 'bin', 'schemathesis');
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', VENV], { stdio: 'inherit' });
    execFileSync(join(VENV, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`], {
      stdio: 'inherit',
    });
  }
  return program;
}

/** A cycle for the fuzzer to act on, so that its requests get past "not found". */
async function registerCycle(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/cycles`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      kind: 'new',
      productName: 'Mật ong',
      producer: { name: 'Hợp tác xã' },
      productSet: 4,
      communeCode: '14329',
      plan: 'qd-26-2026',
    }),
  });
  return ((await answer.json()) as { id: string }).id;
}

async function main(): Promise<number> {
  const program = fuzzer();
  const topology = new Topology();
  await topology.start();
  try {
    await topology.ready();
    const config = join(tmpdir(), 'ocop-schemathesis.toml');
    writeFileSync(config, `[parameters]\n"path.id" = "${await registerCycle(topology.url)}"\n`);
    const args = [
      '--config-file',
      config,
      'run',
      `${topology.url}/api/openapi.json`,
      '--header',
      `Authorization:Bearer ${ADMIN_TOKEN}`,
      '--checks',
      'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance',
      '--phases',
      'examples,coverage,fuzzing',
      '--max-time',
      String(SECONDS),
      '--workers',
      '2',
      '--continue-on-failure',
      '--suppress-health-check',
      'all',
      '--seed',
      '2026',
    ];
    const child = spawn(program, args, { stdio: 'inherit' });
    const hardStop = setTimeout(() => child.kill('SIGKILL'), (SECONDS + 120) * 1000);
    const code = await new Promise<number>((done) => child.once('exit', (status) => done(status ?? 1)));
    clearTimeout(hardStop);
    return code;
  } finally {
    await topology.stop();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
