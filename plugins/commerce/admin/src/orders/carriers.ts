/** Carriers a French shop sends with; another one can be typed. */
export const CARRIERS = ['Colissimo', 'Chronopost', 'Lettre suivie', 'Mondial Relay', 'Colis Privé', 'DPD', 'GLS', 'UPS', 'DHL', 'FedEx'] as const;
