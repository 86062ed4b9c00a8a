/** The accounts and the tokens on one page; what is shown once stands above them. */
import { listAccounts } from '../../api/auth/accounts';
import { listTokens } from '../../api/auth/tokens';
import { number } from '../formats';
import type { View } from '../page';
import { Note } from '../parts/panel';
import { inSentence } from '../words';
import { Accounts, NewAccount } from './account-list';
import { type Call, PATH } from './shared';
import { NewToken, Tokens } from './token-list';

/** Something that is shown once: a first password, a token. */
interface Secret {
  what: string;
  secret: string;
  hint: string;
}

export async function show(call: Call, secret?: Secret): Promise<View> {
  const { deps } = call;
  const [accounts, tokens] = await Promise.all([listAccounts(deps), listTokens(deps)]);
  const offices = await deps.db.office.findMany({
    where: { code: { in: [...accounts, ...tokens].flatMap(({ office }) => (office === null ? [] : [office])) } },
    select: { code: true, name: true },
  });
  const officeName = new Map(offices.map((one) => [one.code, one.name]));
  const officeTitle = (office: string | null): string => (office === null ? 'toàn hệ thống' : inSentence(officeName.get(office) ?? office));
  const usable = accounts.filter(({ disabledAt }) => disabledAt === null).length;
  return {
    title: 'Tài khoản và mã truy cập',
    lead: `${number(usable)} tài khoản và ${number(tokens.filter(({ revokedAt }) => revokedAt === null).length)} mã truy cập đang dùng được.`,
    current: PATH,
    body: (
      <div class="stack">
        {secret && (
          <Note look="soon" alert>
            <p>
              <b>{secret.what}</b>: <code class="secret">{secret.secret}</code>
            </p>
            <p>{secret.hint}</p>
          </Note>
        )}
        <Accounts call={call} accounts={accounts} officeTitle={officeTitle} />
        <NewAccount call={call} />
        <Tokens call={call} tokens={tokens} officeTitle={officeTitle} />
        <NewToken call={call} />
      </div>
    ),
  };
}
