// Passkeys: asks the browser for one and sends what it gives in the form's hidden field.
"use strict";

const toBytes = text => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
const toText = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
    const key = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
    if (key.user) {
        key.user = { ...key.user, id: toBytes(key.user.id) };
    }
    for (const name of ["allowCredentials", "excludeCredentials"]) {
        if (key[name]) {
            key[name] = key[name].map(one => ({ ...one, id: toBytes(one.id) }));
        }
    }
    return { publicKey: key };
}

function given(credential) {
    const answer = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature",
        "userHandle"]) {
        if (credential.response[name]) {
            answer[name] = toText(credential.response[name]);
        }
    }
    if (credential.response.getTransports) {
        answer.transports = credential.response.getTransports();
    }
    return JSON.stringify({
        id: credential.id,
        rawId: toText(credential.rawId),
        type: credential.type,
        response: answer,
        authenticatorAttachment: credential.authenticatorAttachment,
        clientExtensionResults: credential.getClientExtensionResults(),
    });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
    const hint = form.querySelector("[data-passkey-missing]");
    if (!window.PublicKeyCredential) {
        continue;
    }
    hint.hidden = true;
    form.addEventListener("submit", async event => {
        if (form.elements.credential.value) {
            return;
        }
        event.preventDefault();
        try {
            const credential = await navigator.credentials[form.dataset.passkey](
                asked(JSON.parse(form.dataset.options)));
            form.elements.credential.value = given(credential);
            form.submit();
        } catch {
            // Cancelled, or there is none: the page stays, and its other ways with it.
            hint.hidden = false;
            hint.setAttribute("role", "alert");
        }
    });
}
