import { Route, Routes } from 'react-router';
import { NotFound } from '../not-found';
import { ImportPage } from './import';
import { Imports } from './imports';

/** The registrar's pages about files. */
export function Registrar() {
  return (
    <Routes>
      <Route index element={<Imports />} />
      <Route path=":id" element={<ImportPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
