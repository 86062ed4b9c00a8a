/** A browser in miniature for pages without looking at them: keeps cookies, follows redirects when told, sends forms with what they hold. */

export interface Visit {
  status: number;
  url: string;
  location: string | null;
  text: string;
}

export class Visitor {
  private readonly cookies = new Map<string, { value: string; path: string }>();

  constructor(
    private readonly site: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  async get(path: string): Promise<Visit> {
    return await this.request(path, {});
  }

  async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Visit> {
    return await this.request(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Opens a page and sends the form on it that goes to `action`, with its hidden fields. */
  async send(path: string, action: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Visit> {
    const { text } = await this.get(path);
    return await this.post(action, { ...hiddenFields(text), ...fields }, headers);
  }

  /** Follows redirects, until they lead to an address that begins so. */
  async follow(visit: Visit, until = ''): Promise<Visit> {
    let at = visit;
    for (let hops = 0; hops < 20 && at.location !== null; hops += 1) {
      const next = new URL(at.location, at.url).href;
      at = await this.request(next, {});
      if (until !== '' && next.startsWith(until)) return at;
    }
    return at;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name)?.value;
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, { value, path: '/' });
  }

  private async request(path: string, init: RequestInit): Promise<Visit> {
    const url = new URL(path, this.site);
    const cookie = [...this.cookies]
      .filter(([, { path: at }]) => url.pathname.startsWith(at))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const headers = {
      accept: 'text/html',
      ...this.headers,
      ...(init.headers as Record<string, string> | undefined),
      ...(cookie ? { cookie } : {}),
    };
    const response = await fetch(url, { ...init, redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return { status: response.status, url: url.href, location: response.headers.get('location'), text: await response.text() };
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const [name = '', ...value] = pair.split('=');
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    if (attributes.some((one) => /^max-age=0$/i.test(one)) || value.join('=') === '') this.cookies.delete(name);
    else this.cookies.set(name, { value: value.join('='), path });
  }
}

/** The hidden fields of the first form. */
export function hiddenFields(text: string): Record<string, string> {
  const [form = ''] = /<form[^>]*method="post"[^]*?<\/form>/.exec(text) ?? [];
  return Object.fromEntries(
    [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      /name="([^"]*)"/.exec(input)?.[1] ?? '',
      /value="([^"]*)"/.exec(input)?.[1] ?? '',
    ]),
  );
}
