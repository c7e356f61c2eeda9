import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { useTheme } from "@aerostic/ui/hooks/use-theme";
import type { Theme } from "@aerostic/ui/lib/theme";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Monitor, Moon, Sun } from "lucide-react";

const themes = [
  { value: "light", label: "Light", icon: <Sun /> },
  { value: "dark", label: "Dark", icon: <Moon /> },
  { value: "system", label: "Like the system", icon: <Monitor /> },
];

export function ThemeCard() {
  const [theme, setTheme] = useTheme();
  return (
    <Card>
      <CardHeader title="Theme" description="On this device" />
      <CardBody>
        <RadioGroup
          aria-label="Theme"
          value={theme}
          onValueChange={(next) => setTheme(next as Theme)}
          className="grid gap-2 sm:grid-cols-3"
        >
          {themes.map(({ value, label, icon }) => (
            <RadioCard key={value} value={value} label={label} icon={icon} />
          ))}
        </RadioGroup>
      </CardBody>
    </Card>
  );
}
