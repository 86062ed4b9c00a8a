/** What a person sees instead of a page: what is wrong, and where to go on. */
import type { HttpProblem } from '../api/http/problem';
import type { View } from './page';

export function problemView(problem: HttpProblem, requestId: string): View {
  const { kind, detail, status } = problem;
  return {
    title: problem.title.vi,
    narrow: true,
    status,
    body: (
      <div class="stack">
        <p>{detail.vi}</p>
        {kind === 'internal-error' && <p class="muted small">Mã yêu cầu: {requestId}</p>}
        <p>
          <a href="/">Về trang đầu</a>
        </p>
      </div>
    ),
  };
}
