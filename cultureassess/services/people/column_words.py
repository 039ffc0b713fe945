"""What lists call their columns, in every language of the questionnaire; by field, or a segment's key."""

from __future__ import annotations

from collections.abc import Mapping

COLUMN_WORDS: Mapping[str, tuple[str, ...]] = {
    "inside.function": (
        *(
            "department",
            "division",
            "function",
            "business unit",
            "unit",
            "area",
            "dept",
            "part of the company",
        ),
        *(
            "Abteilung",
            "Bereich",
            "Fachbereich",
            "Geschäftsbereich",
            "Funktion",
            "Ressort",
            "Unternehmensbereich",
        ),
        *("departamento", "área", "sección", "división", "función", "unidad"),
        *("département", "service", "division", "fonction", "unité", "pôle"),
        *("القسم", "قسم", "الإدارة", "إدارة", "الوحدة"),
    ),
    "inside.tenure": (
        *("tenure", "years in the company", "years of service", "seniority", "length of service"),
        *("Betriebszugehörigkeit", "Zugehörigkeit", "Dienstjahre", "Jahre im Unternehmen", "antigüedad"),
        *("años en la empresa", "ancienneté", "années dans l'entreprise", "الأقدمية", "سنوات الخدمة"),
    ),
    "inside.contact": (
        *("customer contact", "contact with customers", "Kundenkontakt", "Kontakt mit Kunden"),
        *("contacto con clientes", "contacto con los clientes", "contact client", "contact clients"),
        *("contact avec les clients", "التواصل مع العملاء"),
    ),
    "outside.decider": (
        *("decider", "decides", "decision maker", "buyer or user", "decides or uses", "Entscheider"),
        *(
            "Entscheider oder Nutzer",
            "entscheidet",
            "decisor",
            "decide o usa",
            "décideur",
            "décide ou utilise",
        ),
        *("صاحب القرار",),
    ),
    "outside.segment": (
        *("segment", "customer segment", "customer group", "customer type", "Kundensegment", "Kundengruppe"),
        *("Kundentyp", "segmento", "segmento de clientes", "grupo de clientes", "tipo de cliente"),
        *("segment client", "segment de clientèle", "groupe de clients", "type de client", "الشريحة"),
        *("شريحة العملاء", "فئة العملاء"),
    ),
    "outside.tenure": (
        *("tenure", "customer since", "years as a customer", "length of relationship", "Kunde seit"),
        *("Kundenbeziehung", "Jahre als Kunde", "antigüedad", "cliente desde", "años como cliente"),
        *("ancienneté", "client depuis", "années comme client", "عميل منذ", "سنوات التعامل"),
    ),
    "outside.contact": (
        *("frequency of contact", "contact frequency", "contact with the company", "Kontakthäufigkeit"),
        *("frecuencia de contacto", "fréquence de contact", "fréquence des contacts", "وتيرة التواصل"),
    ),
    "outside.type": (
        *(
            "type",
            "partner type",
            "partner or supplier",
            "Art",
            "Partnerart",
            "Partner oder Lieferant",
            "tipo",
        ),
        *("tipo de socio", "socio o proveedor", "type de partenaire", "partenaire ou fournisseur", "النوع"),
        *("نوع الشريك", "شريك أو مورد"),
    ),
    "role": (
        "rol",
        "puesto",
        "cargo",
        "rôle",
        "poste",
        "niveau",
        "nivel",
        "الدور",
        "المنصب",
        "Führungsrolle",
    ),
    "email": ("correo", "correo electrónico", "courriel", "البريد الإلكتروني"),
    "first_name": ("nombre", "prénom", "الاسم الأول"),
    "last_name": ("apellido", "apellidos", "nom", "nom de famille", "اسم العائلة", "اللقب"),
    "name": (
        "nombre completo",
        "nombre y apellidos",
        "nom complet",
        "nom et prénom",
        "الاسم",
        "الاسم الكامل",
    ),
    "language": ("idioma", "lengua", "langue", "اللغة"),
}
"""Compared in small letters without accents. English and German patterns of the other fields: columns.py."""
