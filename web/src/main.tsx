import './styles/index.css';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiProblem } from './api/problem';
import { App } from './app';
import { startTranslation } from './i18n';
import { forgetSession } from './parts/session';

const RETRIES = 2;

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The session has ended, by time or in another tab.
      if (error instanceof ApiProblem && error.status === 401) forgetSession(queries);
    },
  }),
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; only an unreachable or busy service is asked again.
      retry: (failures, error) =>
        failures < RETRIES && (!(error instanceof ApiProblem) || error.status >= 500),
      staleTime: 5_000,
    },
  },
});

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');

try {
  await startTranslation();
} catch (error) {
  root.textContent = '页面没有打开，请重新加载。 The page did not open; please load it again.';
  throw error;
}

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
