import { Page } from './page';
import { isToPage } from './messages';
import { takeVsCodeApi } from './vscodeApi';

const root = document.getElementById('root');
if (root) {
  const page = new Page(root, takeVsCodeApi());
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isToPage(event.data)) page.show(event.data.view, event.data.reveal);
  });
  page.start();
}
