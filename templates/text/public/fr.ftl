# Words for enquirers.

# ltr: from left to right; rtl: from right to left
direction = ltr
language-name = Français
size-kilobytes = { $size } ko
size-megabytes = { $size } Mo

# Every page
skip = Aller au contenu
text-size = Taille du texte
text-size-normal = Texte normal
text-size-large = Grand texte
text-size-largest = Très grand texte
languages = Langues
navigation = Navigation principale
navigation-programmes = Programmes
navigation-enquiries = Nous écrire
top-of-page = Haut de page
footer = À propos de nous
page-title = { $title } – { $division }

# The counter
counter = Nous joindre
counter-telephone = Tél.
counter-telephone-abroad = De l’étranger { $number }
counter-fax = Fax
counter-email = Courriel
counter-hours = Horaires
counter-open = Ouvert
counter-open-until = jusqu’à { $time }, heure du Japon
counter-closed = Fermé pour l’instant
counter-opens-today = Ouvre aujourd’hui à { $time }, heure du Japon
counter-opens-tomorrow = Ouvre demain à { $time }, heure du Japon
counter-opens-on = Ouvre { $date } à { $time }, heure du Japon
counter-own-time = { $time } à votre heure
counter-write = Nous écrire par le formulaire
hours-monday-friday = Du lundi au vendredi,
hours-day = Le { $day },
hours-days = Du { $first } au { $last },
hours-zone = , heure du Japon
hours-between = { " et" }
hours-closed = Fermé les jours fériés japonais et en fin d’année
hours-closed-holidays = Fermé les jours fériés japonais
hours-closed-new-year = Fermé en fin d’année
hours-closed-day = Fermé le { $day }
hours-closed-days = Fermé du { $first } au { $last }

# Start
start-headline = Vos échanges avec les collectivités du Japon commencent à ce guichet.
start-lead = Jumelages, prix, séminaire, conférences : posez vos questions, nous y répondons en cinq langues.
start-first = Vous écrivez pour la première fois
start-first-before = Le
start-first-link = formulaire
start-first-after = garde une trace écrite. En cas d’urgence, téléphonez-nous.
start-again = Vous nous avez déjà écrit
start-again-text = Répondez simplement à notre courriel : votre message rejoint la même demande.
start-programmes = Programmes

# Form
form = Votre demande
form-lead = Écrivez en français, japonais, anglais, chinois ou coréen. Nous répondons sous trois jours ouvrés au Japon.
steps = Étapes
step-write = Rédaction
step-check = Vérifier
step-done = Envoyée
mark-required = { "" }
mark-either = { "" }
mark-optional = facultatif
form-topic = Quel est le sujet de votre demande ?
form-name = Nom
form-reading = Lecture du nom
form-organisation = Organisme
form-email = Adresse électronique
form-email-hint = Nous y envoyons votre référence et notre réponse. Sans adresse, laissez ce champ vide et indiquez un numéro de téléphone.
form-phone = Téléphone
form-phone-hint = Seulement si vous souhaitez être rappelé. Hors du Japon, commencez par + et l’indicatif du pays.
form-subject = Objet
form-message = Que souhaitez-vous savoir ?
form-message-hint = En cas d’urgence, indiquez pour quelle date il vous faut une réponse.
form-message-count = { $count } / 10 000 caractères
form-attachments = Fichiers
form-attachments-hint = 20 fichiers au plus, 10 Mo chacun, 20 Mo en tout.
form-attachments-again = Ces fichiers n’ont pas pu être gardés. Choisissez-les de nouveau s’ils doivent être joints :
form-consent-link = Comment nous traitons les données personnelles
form-consent = J’accepte cet usage de mes données
form-trap = Laissez ce champ vide
form-sending = Envoi en cours…
form-check = Vérifier ma demande
form-checking = Ouverture de la page de vérification…
form-attachments-kept = Ces fichiers seront joints. Décochez ceux qui ne doivent pas l’être :
form-attachments-drop = Vous pouvez aussi déposer des fichiers ici, ou coller une image.
form-uploading = Envoi de « { $name } » en cours
form-uploaded = « { $name } » est bien arrivé
form-upload-failed = « { $name } » n’est pas arrivé. Choisissez-le de nouveau
draft-restored = Ce que vous aviez écrit est de nouveau là. Le texte n’est gardé que dans ce navigateur, les fichiers chez nous, pendant 24 heures.
draft-clear = Vider le formulaire
draft-cleared = Le formulaire est vide, et ce navigateur ne garde plus rien.
check = Voulez-vous envoyer ceci ?
check-lead = Rien n’a encore été envoyé.
check-topic = Sujet
check-organisation = Organisme
check-message = Message
check-empty = Non indiqué
check-no-files = Aucun
check-change = Modifier
check-send = Envoyer
check-back = Revenir à la saisie
suggestions = Ces pages y répondent peut-être
new-tab = (s’ouvre dans un nouvel onglet)

# Mistakes
errors-title = { $count ->
    [one] Un point demande votre attention
    [2] Deux points demandent votre attention
    [3] Trois points demandent votre attention
    [4] Quatre points demandent votre attention
    [5] Cinq points demandent votre attention
   *[other] { $count } points demandent votre attention
}
errors-kept = Tout ce que vous avez écrit d’autre est conservé.
errors-page-title = Erreur : { $title }
error-topic-missing = Choisissez le sujet de votre demande. En cas de doute, choisissez le dernier
error-topic-unknown = Ce sujet n’existe plus. Choisissez-en un autre
error-name-missing = Indiquez votre nom
error-name-long = Le nom est trop long : 200 caractères au plus
error-reading-long = La lecture du nom est trop longue : 200 caractères au plus
error-organisation-long = Le nom de l’organisme est trop long : 200 caractères au plus
error-contact-missing = Indiquez une adresse électronique ou un numéro de téléphone pour que nous puissions vous répondre
error-email-at = L’adresse n’a pas de « @ ». Écrivez-la comme nom@example.org
error-email-incomplete = L’adresse électronique est incomplète. Écrivez-la comme nom@example.org
error-phone = Ce numéro de téléphone n’est pas lisible. Écrivez-le en chiffres, comme +81-3-5213-1723
error-subject-missing = Indiquez un objet. Quelques mots suffisent
error-subject-long = { $count ->
    [one] L’objet compte un caractère de trop : 200 au plus
   *[other] L’objet compte { $count } caractères de trop : 200 au plus
}
error-message-missing = Écrivez ce que vous souhaitez savoir. Une phrase suffit
error-message-long = { $count ->
    [one] Le texte compte un caractère de trop. Abrégez-le ou joignez-le en fichier
   *[other] Le texte compte { $count } caractères de trop. Abrégez-le ou joignez-le en fichier
}
error-file-large = « { $name } » fait { $size } ; un fichier peut faire 10 Mo. Retirez-le ou envoyez-en un plus petit
error-files-large = Les fichiers dépassent 20 Mo en tout. Retirez-en ou envoyez-en de plus petits
error-files-many = Il y a trop de fichiers : { $count } au plus par demande
error-file-unreadable = « { $name } » n’est pas arrivé en entier. Choisissez-le de nouveau
error-file-gone = Un fichier que nous gardions n’est plus disponible. Choisissez-le de nouveau
error-consent-missing = Cochez la case si vous acceptez. Sans votre accord, nous ne pouvons pas utiliser vos données pour répondre
error-answer-missing-line = « { $question } » : donnez une réponse
error-answer-missing-paragraph = « { $question } » : donnez une réponse
error-answer-missing-number = « { $question } » : indiquez un nombre
error-answer-missing-date = « { $question } » : choisissez une date
error-answer-missing-choice = « { $question } » : choisissez une réponse
error-answer-missing-country = « { $question } » : choisissez un pays ou une région
error-answer-missing-file = « { $question } » : choisissez un fichier
error-answer-long = { $count ->
    [one] « { $question } » : la réponse compte un caractère de trop
   *[other] « { $question } » : la réponse compte { $count } caractères de trop
}
error-answer-number = « { $question } » : indiquez un nombre entier en chiffres, par exemple 12
error-answer-small = « { $question } » : indiquez { $least } au moins
error-answer-large = « { $question } » : indiquez { $most } au plus
error-answer-date = « { $question } » : cette date n’est pas lisible. Commencez par l’année, par exemple 2027-02-03
error-answer-past = « { $question } » : cette date est passée. Choisissez aujourd’hui ou un jour à venir
error-answer-offered = « { $question } » : choisissez dans la liste
answer-left-out = Sans réponse
own-answer = { $question } : { $answer }
answer-choose = Choisissez
answer-none = Sans réponse

# Notices above the form: nothing has been sent
notice-stale = La page était ouverte depuis trop longtemps : rien n’a été envoyé.
notice-stale-way = Votre texte est toujours là. Vérifiez-le et envoyez-le de nouveau.
notice-broken = L’envoi s’est interrompu en chemin : rien n’a été envoyé.
notice-broken-way = Ce qui est arrivé se trouve ci-dessous. Complétez-le et envoyez de nouveau.
notice-large = Les fichiers étaient trop lourds : rien n’a été envoyé.
notice-large-way = Un fichier peut faire 10 Mo, le tout 20 Mo. Envoyez-en de plus petits ou écrivez-nous par courriel.
notice-many = De très nombreuses demandes sont venues de votre réseau : celle-ci n’a pas été envoyée.
notice-many-way = Votre texte est toujours là. Envoyez-le de nouveau dans une heure, ou téléphonez-nous.
notice-away = Nous ne pouvons pas recevoir de demandes en ce moment : celle-ci n’a pas été envoyée.
notice-away-way = Votre texte est toujours là. Envoyez-le de nouveau dans quelques minutes, ou téléphonez-nous.

# Pages, questions, search
navigation-questions = Questions
trail = Vous êtes ici
trail-start = Accueil
page-contents = Sur cette page
page-ask = Poser une question à ce sujet
page-updated = Mis à jour le
page-written-in-ja = Cette page n’est pas encore en français. Elle est affichée en japonais.
page-written-in-en = Cette page n’est pas encore en français. Elle est affichée en anglais.
page-written-in-zh = Cette page n’est pas encore en français. Elle est affichée en chinois.
page-written-in-ko = Cette page n’est pas encore en français. Elle est affichée en coréen.
page-written-in-fr = Cette page est en français.
page-kind-programme = Programme
page-kind-conference = Conférence
page-kind-question = Question
page-kind-news = Actualité
page-kind-information = À propos du site
helpful = Cette page vous a-t-elle été utile ?
helpful-yes = Oui
helpful-no = Non
helpful-asking = Cette page répond-elle à votre question ?
helpful-asking-yes = Oui, je n’envoie rien
helpful-thanks = Merci, votre réponse a été prise en compte.
helpful-answered = Nous sommes heureux que cette page vous ait aidé. Rien n’a été envoyé.
questions = Questions fréquentes
questions-lead = Ce que l’on nous demande souvent, et nos réponses.
questions-none = Il n’y a pas de questions pour le moment.
questions-ask = Poser une autre question
answer-own = Cette réponse sur sa propre page
answer-own-of = Cette réponse sur sa propre page : { $title }
start-questions-all = Toutes les questions
start-news = Actualités
footer-sitemap = Plan du site
footer-feed = Flux d’actualités (Atom)
search = Recherche
search-label = Chercher sur ce site
search-go = Chercher
search-title = Recherche : { $typed }
search-resembling = Aucune page ne contient « { $typed } ». Voici ce qui s’en rapproche.
search-nothing = Rien n’a été trouvé pour « { $typed } ».
search-elsewhere = Trouvé dans d’autres langues
search-elsewhere-count = { $count ->
    [one] une page
   *[other] { $count } pages
}
search-ask = Vous ne trouvez pas ?
search-ask-text = Posez-nous la question : les mots cherchés figurent déjà dans l’objet.
search-ask-go = Écrire par le formulaire
search-found = { $count ->
    [one] Une page trouvée.
   *[other] { $count } pages trouvées.
}
search-more = { $count ->
    [one] Il y en a une autre. Ajoutez un mot pour préciser.
   *[other] Il y en a { $count } autres. Ajoutez un mot pour préciser.
}

# The directory of sister cities
navigation-sister-cities = Villes jumelées
sister-cities = Répertoire des villes jumelées
sister-cities-lead = Les collectivités du Japon et leurs partenaires à l’étranger, et celles qui cherchent un partenaire.
sister-cities-q = Nom ou mots
sister-cities-prefecture = Préfecture au Japon
sister-cities-country = Pays ou région
sister-cities-any = Tous
sister-cities-go = Afficher
sister-cities-reset = Tout afficher
sister-cities-nothing = Aucun jumelage ne correspond.
sister-cities-resembling = Rien ne contient exactement ces mots. Voici ce qui s’en approche.
sister-cities-home = Au Japon
sister-cities-partner = Partenaire
sister-cities-since = Depuis
sister-cities-side = { $name } ({ $place })
sister-cities-ask = Poser une question
sister-cities-ask-of = Poser une question sur { $home } et { $partner }
sister-cities-ask-subject = Le jumelage de { $home } et { $partner }
sister-cities-seekers = En quête d’un partenaire
sister-cities-seekers-text = Nous transmettons ce que vous écrivez.
sister-cities-seekers-none = Aucune recherche de partenaire ne correspond.
sister-cities-seeker = Prendre contact
sister-cities-seeker-of = Prendre contact avec { $who } par notre intermédiaire
sister-cities-seeker-subject = Échanges avec { $who }
sister-cities-offer = Vous cherchez aussi un partenaire ?
sister-cities-offer-text = Dites-nous ce que vous envisagez. Avec votre accord, nous vous ajoutons à cette liste.
sister-cities-offer-go = Nous le dire
sister-cities-offer-subject = Nous cherchons un partenaire
sister-cities-example = Exemple
sister-cities-pages = Pages de la liste
sister-cities-before = Page précédente
sister-cities-after = Page suivante
sister-cities-count = { $count ->
    [one] { $count } jumelage
   *[other] { $count } jumelages
}
search-directory = { $count ->
    [one] { $count } fiche dans le répertoire des villes jumelées
   *[other] { $count } fiches dans le répertoire des villes jumelées
}

# The enquirer's own page
own = Votre demande { $reference }
own-sent = Reçue le { $date }
own-at = { $date }, { $time } (heure du Japon)
own-you = Vous
own-brief = En bref
own-status = État
own-language = Langue
own-status-new = Reçue
own-status-open = En cours
own-status-pending = En attente de vous
own-status-resolved = Répondu
own-status-closed = Close
own-waiting = Nous attendons votre réponse
own-waiting-text = Dès que vous répondez, nous reprenons votre demande sous trois jours ouvrés au Japon.
own-late = Notre réponse a du retard. Nous vous prions de nous excuser
own-late-text = Nous y travaillons encore. Si c’est urgent, appelez-nous.
own-ended-text = Pour ajouter quelque chose, écrivez ci-dessous : votre demande sera rouverte.
own-conversation = Échanges
own-message = Votre message
own-send = Envoyer
own-data = Vos données
own-data-send = Envoyer comme demande de correction ou d’effacement
own-data-hint = Pour faire corriger ou effacer des données personnelles, précisez-le ci-dessus et utilisez le second bouton.
own-data-message = [Demande de correction ou d’effacement de données personnelles]
own-settled = C’est réglé ?
own-settled-text = Dites-le-nous : nous terminons la demande. Un nouveau message la rouvre.
own-settled-go = Ma question est réglée
own-rating = Êtes-vous satisfait de notre réponse ?
own-score-5 = Très satisfait
own-score-4 = Satisfait
own-score-3 = Ni l’un ni l’autre
own-score-2 = Peu satisfait
own-score-1 = Pas du tout satisfait
own-rating-words = Un mot à ce sujet
own-rating-go = Envoyer
own-left-out = Ces fichiers ne sont pas joints. Vous pouvez les prendre un à un sur votre page.
own-whole = Télécharger tout l’échange (texte)
own-whole-files = Télécharger tout l’échange et ses fichiers (ZIP)
own-renew = Recevoir un nouveau lien par courriel
own-renew-text = Les liens précédents ne fonctionneront plus.
own-open-until = Cette page reste ouverte un an après la clôture.
own-mistake = Rien n’a encore été envoyé
own-mistake-empty = Écrivez ce que vous souhaitez nous dire
own-mistake-score = Choisissez l’une des cinq réponses
own-done-written = Nous avons bien reçu votre message.
own-done-data = Nous avons bien reçu votre demande ; un membre de la division vous répondra.
own-done-answered = Merci de nous l’avoir dit. La demande est terminée.
own-done-rated = Merci de votre réponse.
own-done-renewed = Un nouveau lien est en route.
links = Recevoir les liens vers vos demandes
links-lead = L’état de votre demande et les échanges sont accessibles par le lien de notre courriel.
links-hint = Nous les envoyons à l’adresse indiquée dans votre demande.
links-go = M’envoyer mes liens
links-sent = S’il existe des demandes provenant de cette adresse, les liens sont en route. Si rien n’arrive d’ici quelques minutes, regardez aussi parmi les indésirables.
links-renewed = Un nouveau lien est en route vers l’adresse de votre demande. Les liens précédents ne fonctionnent plus.
links-no-key = Pour ouvrir cette page, il faut le lien de notre courriel.
links-written = Ce que vous avez écrit n’a pas été envoyé
links-written-hint = Copiez-le et envoyez-le de nouveau quand le nouveau lien sera arrivé.
links-bad-key = Ce lien ne fonctionne pas ou plus. Vous pouvez en recevoir un nouveau ci-dessous.
letter-own-page = Vous pouvez aussi suivre et compléter votre demande sur cette page :
letter-links-subject = Les liens vers vos demandes
letter-links = Comme vous l’avez demandé, voici les liens vers vos demandes.
letter-links-keep = Quiconque possède un lien peut ouvrir la page : gardez-le pour vous. Si vous n’avez rien demandé, ignorez ce message.

# Receipt
receipt = Nous avons reçu votre demande
receipt-reference = Référence
receipt-reference-hint = Donnez ce numéro au téléphone. Le dernier chiffre sert à repérer une erreur d’écoute.
receipt-copy = Copier le numéro
receipt-copied = Copié
receipt-print = Imprimer cette page
receipt-next = La suite
receipt-letter = Une confirmation vous est envoyée
receipt-letter-text = À l’adresse { $email }. Si elle n’arrive pas, regardez aussi parmi les indésirables.
receipt-note = Notez le numéro
receipt-note-text = Vous n’avez pas donné d’adresse électronique : nous n’envoyons donc pas de confirmation. Ce numéro vous servira au téléphone.
receipt-promise = Nous vous répondrons au plus tard le { $date }
receipt-promise-text = C’est-à-dire sous trois jours ouvrés au Japon. S’il nous faut plus de temps, nous vous le dirons d’ici là.
receipt-call = Nous vous téléphonerons au plus tard le { $date }
receipt-call-text = Nous appelons pendant nos heures d’ouverture, heure du Japon.
receipt-more = Vous pouvez compléter votre demande à tout moment
receipt-more-letter = Répondez à notre courriel : votre message rejoint la même demande.
receipt-more-call = Téléphonez-nous et donnez le numéro.

# When something is not right
error-way = Vous pouvez continuer ici :
error-way-start = Page d’accueil
error-way-form = Formulaire
error-way-call = Par téléphone : { $number }
error-not-found = Cette page n’existe pas
error-not-found-text = L’adresse est peut-être mal écrite, ou la page a changé de place.
error-forbidden = Cette page n’a pas pu être ouverte
error-forbidden-text = Elle était ouverte depuis trop longtemps, ou le lien n’est plus valable. Rien n’a été envoyé.
error-large = L’envoi est trop lourd
error-large-text = Un fichier peut faire 10 Mo, le tout 20 Mo. Rien n’a été envoyé.
error-many = Trop de demandes en peu de temps
error-many-text = Rien n’a été envoyé. Réessayez dans une heure.
error-away = Le guichet est indisponible un moment
error-away-text = Rien n’a été envoyé. Réessayez dans quelques minutes.
error-failed = Une erreur s’est produite de notre côté
error-failed-text = Vous n’y êtes pour rien, et l’erreur est enregistrée. Réessayez dans quelques minutes.
error-request = L’envoi n’a pas pu être lu
error-request-text = Il n’était pas complet et n’a pas été reçu. Revenez en arrière et essayez encore une fois.

# Letters
letter-greeting = Bonjour { $name },
letter-greeting-unnamed = Bonjour,
letter-acknowledgement-subject = Nous avons reçu votre demande
letter-acknowledgement-received = Merci de votre demande. Elle nous est bien parvenue.
letter-acknowledgement-reference = Référence : { $reference }
letter-acknowledgement-about = Objet : { $subject }
letter-about-nothing = (sans objet)
letter-acknowledgement-promise = Nous vous répondrons au plus tard le { $date } (heure du Japon). S’il nous faut plus de temps, nous vous le dirons d’ici là.
letter-acknowledgement-answer = Pour compléter votre demande, répondez simplement à ce courriel. Au téléphone, donnez la référence.
letter-signature-channels = Tél. { $telephone }  Fax { $fax }
    Courriel { $email }
letter-signature-telephone = Tél. { $telephone }
    Courriel { $email }
letter-quotation = Message du { $date }, { $name } :
letter-quotation-you = de votre part
letter-no-subject = Votre demande
wording-sample-name = Élodie Marchand
wording-sample-subject = Recherche d’une commune partenaire
