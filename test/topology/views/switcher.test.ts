import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeGraph } from '../../../server/src/topology/layout.ts';
import { renderSvg } from '../../../server/src/topology/svg.ts';
import { graphOf, views } from '../../../server/src/topology/views/index.ts';
import { launchBrowser, openPreview } from '../../kit/previewPage.ts';
import { example, groupOf, run } from './kit.ts';

const offered = views.map(({ id, question, title }) => ({ id, title, question }));
const drawn = async (view: string): Promise<string> =>
  renderSvg(await placeGraph(graphOf(example('scada-plant'), 'Plant', groupOf, { view }), run), { theme: 'vscode' });

describe('the choice of a viewpoint', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 30_000);
  afterAll(() => browser.close());

  it('is hidden until there is something to choose, then asks for the view, fits it, and is kept for a restart', async () => {
    const first = await openPreview(browser);
    const choice = first.page.getByLabel('Viewpoint');
    await first.send({ type: 'picture', svg: await drawn('overview'), title: 'Plant', revision: 1, choice: {} });
    expect(await choice.isVisible()).toBe(false);
    await first.send({ type: 'picture', svg: await drawn('overview'), title: 'Plant', revision: 2, choice: {}, views: offered });
    expect(await choice.inputValue()).toBe('overview');
    await choice.selectOption('zones');
    expect(await choice.getAttribute('title')).toBe('Which security zones are there, what stands in them, and what joins them?');
    expect(await first.posted()).toContainEqual({ type: 'choice', choice: { view: 'zones' } });
    await first.send({
      type: 'picture',
      svg: await drawn('zones'),
      title: 'Plant',
      revision: 3,
      choice: { view: 'zones' },
      views: offered,
    });
    expect(await first.page.locator('[data-id="zone:level-3"]').count()).toBe(1);
    const state = await first.state();
    expect(state).toMatchObject({ choice: { view: 'zones' } });
    expect(first.problems).toEqual([]);
    const second = await openPreview(browser, { state });
    expect(await second.posted()).toContainEqual({ type: 'ready', choice: { view: 'zones' } });
  });

  it('stays where a view has nothing to show, and keeps its arrow keys', async () => {
    const { page, posted, send } = await openPreview(browser);
    await send({ type: 'picture', svg: await drawn('overview'), title: 'Plant', revision: 1, choice: {}, views: offered });
    const choice = page.getByLabel('Viewpoint');
    await choice.focus();
    await choice.press('ArrowDown');
    expect(await posted()).toContainEqual({ type: 'choice', choice: { view: 'physical' } });
    await send({
      type: 'picture',
      svg: '',
      title: 'Plant',
      revision: 2,
      message: 'Nothing.',
      choice: { view: 'physical' },
      views: offered,
    });
    expect(await choice.isVisible()).toBe(true);
    expect(await choice.inputValue()).toBe('physical');
  });
});
