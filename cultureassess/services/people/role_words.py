"""What people call a role in their lists, in every language of the questionnaire.

Besides the answers of the questionnaire and its codes. Words that leave open which of two roles they mean
("manager", "Führungskraft") are not here: whoever uploads the list has to say.
"""

from __future__ import annotations

from collections.abc import Mapping

ROLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "executive": (
        *("executive", "executives", "top management", "top manager", "c-level", "board", "board member"),
        *("management board", "director", "managing director", "ceo", "senior management"),
        *("Geschäftsführung", "Geschäftsleitung", "Geschäftsführer", "Geschäftsführerin", "Vorstand"),
        *("oberste Leitung", "oberste Führung", "Topmanagement", "Top-Management"),
        *("dirección", "alta dirección", "dirección general", "director general", "directora general"),
        *(
            "direction",
            "direction générale",
            "dirigeant",
            "dirigeante",
            "directeur général",
            "directrice générale",
        ),
        *("الإدارة العليا", "المدير العام", "مدير عام", "مدير تنفيذي"),
    ),
    "middle manager": (
        *(
            "middle manager",
            "middle managers",
            "middle management",
            "manager of managers",
            "head of department",
        ),
        *("department head", "mittlere Führung", "mittleres Management", "mittlere Führungsebene"),
        *("Abteilungsleitung", "Abteilungsleiter", "Abteilungsleiterin", "Bereichsleitung", "Bereichsleiter"),
        *("Bereichsleiterin", "mando intermedio", "mandos intermedios", "jefe de departamento"),
        *(
            "jefa de departamento",
            "cadre intermédiaire",
            "cadres intermédiaires",
            "encadrement intermédiaire",
        ),
        *("chef de service", "cheffe de service", "الإدارة الوسطى", "مدير إدارة", "رئيس قسم", "رئيسة قسم"),
    ),
    "frontline manager or supervisor": (
        *(
            "team leader",
            "team leaders",
            "team lead",
            "teamlead",
            "supervisor",
            "supervisors",
            "first-line manager",
        ),
        *("frontline manager", "front-line manager", "line manager", "foreman"),
        *("Teamleitung", "Teamleiter", "Teamleiterin", "Teamleiter/in", "Teamleiter:in", "Gruppenleitung"),
        *("Gruppenleiter", "Gruppenleiterin", "jefe de equipo", "jefa de equipo", "jefes de equipo"),
        *("líder de equipo", "supervisora", "chef d'équipe", "cheffe d'équipe", "chefs d'équipe"),
        *("responsable d'équipe", "superviseur", "superviseure"),
        *("قائد فريق", "قائدة فريق", "قادة الفرق", "مشرف", "مشرفة"),
    ),
    "no people responsibility": (
        *(
            "employee",
            "employees",
            "staff",
            "staff member",
            "team member",
            "individual contributor",
            "worker",
        ),
        *("none", "no people responsibility", "no direct reports", "non-manager"),
        *(
            "Mitarbeiter",
            "Mitarbeiterin",
            "Mitarbeiter/in",
            "Mitarbeiter:in",
            "Mitarbeiter*in",
            "Mitarbeitende",
        ),
        *(
            "Mitarbeitender",
            "Mitarbeitende/r",
            "Angestellte",
            "Angestellter",
            "Beschäftigte",
            "Beschäftigter",
        ),
        *("ohne Führungsverantwortung", "keine Führungsverantwortung", "ohne Personalverantwortung"),
        *("keine Personalverantwortung", "Sachbearbeiter", "Sachbearbeiterin", "Sachbearbeitung"),
        *("empleado", "empleada", "empleados", "personal", "trabajador", "trabajadora", "colaborador"),
        *("colaboradora", "sin personal a cargo", "employé", "employée", "employés", "salarié", "salariée"),
        *(
            "salariés",
            "collaborateur",
            "collaboratrice",
            "sans encadrement",
            "sans responsabilité hiérarchique",
        ),
        *("موظف", "موظفة", "موظفون", "الموظفون", "عامل", "عاملة"),
    ),
}
"""Role to its usual words. Compared in small letters; an apostrophe may be straight or curved."""
