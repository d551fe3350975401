import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { SettingsRegular } from '@fluentui/react-icons';
import { go, type Place, usePlace } from '../location.ts';
import { useTexts } from '../texts.ts';

export function LookMenu() {
  const t = useTexts();
  const place = usePlace();
  return (
    <Menu
      checkedValues={{ lang: [place.lang], theme: [place.theme], frame: [place.frame] }}
      onCheckedValueChange={(_event, { name, checkedItems }) => {
        const [value] = checkedItems;
        if (value !== undefined) go({ [name]: value } as Partial<Place>);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<SettingsRegular />} aria-label={t('settings')} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{t('language')}</MenuGroupHeader>
            <MenuItemRadio name="lang" value="nb">
              {t('norwegian')}
            </MenuItemRadio>
            <MenuItemRadio name="lang" value="en">
              {t('english')}
            </MenuItemRadio>
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('theme')}</MenuGroupHeader>
            <MenuItemRadio name="theme" value="light">
              {t('light')}
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="dark">
              {t('dark')}
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="contrast">
              {t('contrast')}
            </MenuItemRadio>
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('frame')}</MenuGroupHeader>
            <MenuItemRadio name="frame" value="cross">
              {t('frameCross')}
            </MenuItemRadio>
            <MenuItemRadio name="frame" value="same">
              {t('frameSame')}
            </MenuItemRadio>
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
