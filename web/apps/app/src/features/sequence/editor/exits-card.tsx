import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { FieldGroup } from "@aerostic/ui/field";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { Target } from "lucide-react";
import { useGoals } from "@/features/goal/api/goals";
import type { Definition } from "../api/sequence";

interface ExitsCardProps {
  definition: Definition;
  change: (part: Partial<Definition>) => void;
}

/** What ends it for a person before the last step. */
export function ExitsCard({ definition: { exits }, change }: ExitsCardProps) {
  const goals = useGoals().data?.items.filter(({ archivedAt }) => !archivedAt) ?? [];
  return (
    <Card>
      <CardHeader
        title="Who leaves early"
        description="Also when a message was queued already. Whoever opts out always leaves"
      />
      <CardBody className="flex flex-col gap-4">
        <CheckboxField
          checked={exits.reply}
          onCheckedChange={(checked) => change({ exits: { ...exits, reply: checked === true } })}
          label="When they write back"
          hint="A person answers then, not the next step"
        />
        <FieldGroup
          label="When they reach a goal"
          hint={
            goals.length === 0
              ? "There are no goals yet: make one under Goals, and let your shop report it."
              : undefined
          }
        >
          <MultiCombobox
            aria-label="Goals that end it"
            placeholder="Choose goals"
            search="Search goals"
            options={goals.map(({ id, name }) => ({ value: id, label: name, icon: <Target /> }))}
            value={exits.goals}
            onValueChange={(ids) => change({ exits: { ...exits, goals: ids } })}
          />
        </FieldGroup>
      </CardBody>
    </Card>
  );
}
